"""Settings of messages: mail and text messages go where nobody can read them on their way, or nowhere."""

from __future__ import annotations

from pathlib import Path

import pytest

from ivr.errors import ContentError
from ivr.settings import Settings, load_settings

EMAIL = """\
[email]
host = "smtp.bank.test"
from = "Sample Bank <service@bank.test>"
"""
SMS = """\
[sms]
url = "https://sms.bank.test/messages?a=b"
key_file = "sms.key"
"""


def loaded(folder: Path, text: str) -> Settings:
    file = folder / "ivr.toml"
    file.write_text(text, encoding="utf-8")
    return load_settings(file, {})


def test_what_is_written_is_read(tmp_path: Path) -> None:
    text = EMAIL + SMS.replace("?a=b", "") + '[messages]\nlink_base = "https://bank.test/l"\n'
    settings = loaded(tmp_path, text)
    assert (settings.email.sender, settings.email.security) == ("Sample Bank <service@bank.test>", "starttls")
    assert settings.messages.link_base == "https://bank.test/l"
    assert "sms.bank.test" not in repr(settings), "it may hold a token"


def test_without_them_there_is_nobody_who_delivers(tmp_path: Path) -> None:
    settings = loaded(tmp_path, "")
    assert (settings.email.host, settings.sms.url, settings.messages.link_base) == (None, None, None)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (EMAIL + 'security = "none"\n', "could be read on its way"),
        (EMAIL.replace("service@bank.test", "service"), "is no e-mail address"),
        (
            EMAIL.replace('from = "Sample Bank <service@bank.test>"\n', ""),
            "`host` and `from` belong together",
        ),
        (EMAIL + 'user = "bank"\n', "`user` and `password_file` belong together"),
        (SMS, "is no plain address"),
        (SMS.replace("https", "http").replace("?a=b", ""), "http can be read on its way"),
        ('[sms]\nurl = "https://sms.bank.test"\n', "`url` and `key_file` belong together"),
        ('[messages]\nlink_base = "bank.test/l"\n', "is no plain address"),
        ("[messages]\nmost_a_day = 0\n", "most_a_day"),
    ],
)
def test_what_can_t_be_used_is_told(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(ContentError) as caught:
        loaded(tmp_path, text)
    assert told in str(caught.value)
