"""Who delivers messages comes from the settings, with secrets that only we can read."""

from __future__ import annotations

from pathlib import Path

import pytest

from ivr.accounts.contact_point import Medium
from ivr.app.messaging import open_messaging
from ivr.clock import utc_now
from ivr.errors import UsageError
from ivr.settings import Settings, load_settings

KEY = "0123456789abcdef0123456789abcdef"
WRITTEN = """\
[messages]
link_base = "https://bank.test/l"
listed_addresses = ["test@bank.test"]
[email]
host = "smtp.bank.test"
from = "service@bank.test"
user = "bank"
password_file = "smtp.password"
[sms]
url = "https://sms.bank.test/messages"
key_file = "sms.key"
"""


def settings(folder: Path, text: str = WRITTEN, mode: int = 0o600, key: str = KEY) -> Settings:
    config = folder / "config" / "ivr.toml"
    config.parent.mkdir()
    config.write_text(text, "utf-8")
    for name, secret in (("smtp.password", "right"), ("sms.key", key)):
        (folder / name).write_text(f"{secret}\n", "utf-8")
        (folder / name).chmod(mode)
    return load_settings(config, {})


async def test_both_media_have_who_delivers_them_and_nothing_is_told(tmp_path: Path) -> None:
    async with open_messaging(settings(tmp_path), utc_now) as messaging:
        assert set(messaging.messengers) == {Medium.EMAIL, Medium.SMS}
        assert messaging.allows("test@bank.test", is_live=False)
        assert not messaging.allows("maria@example.com", is_live=False)
        assert messaging.allows("maria@example.com", is_live=True)
        assert messaging.allows("+12025550123", is_live=True)
        assert not messaging.allows("+442025550123", is_live=True), "no allowed prefix"
        assert KEY not in repr(messaging)


async def test_without_settings_there_is_nobody(tmp_path: Path) -> None:
    async with open_messaging(settings(tmp_path, ""), utc_now) as messaging:
        assert messaging.messengers == {}


@pytest.mark.parametrize(
    ("mode", "key", "told"),
    [(0o644, KEY, "can be read by others; say: chmod 600"), (0o600, "short", "fewer than 32 characters")],
)
async def test_a_secret_that_is_none_keeps_the_engine_down(
    tmp_path: Path, mode: int, key: str, told: str
) -> None:
    with pytest.raises(UsageError, match=told):
        async with open_messaging(settings(tmp_path, mode=mode, key=key), utc_now):
            pass
