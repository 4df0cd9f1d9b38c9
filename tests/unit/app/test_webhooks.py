"""Webhooks of the settings come with their keys, or the engine does not start."""

from __future__ import annotations

from pathlib import Path

import pytest

from ivr.app.webhooks import endpoints_of
from ivr.errors import UsageError
from ivr.settings import Settings, load_settings

KEY = "0123456789abcdef0123456789abcdef"


def settings(folder: Path, key: bytes | None) -> Settings:
    config = folder / "config" / "ivr.toml"
    config.parent.mkdir()
    config.write_text(
        '[[webhooks]]\nname = "orders"\nurl = "https://shop.example.com/a"\nkey_file = "orders.key"\n',
        "utf-8",
    )
    if key is not None:
        (folder / "orders.key").write_bytes(key)
    return load_settings(config, {})


def test_the_key_is_what_the_file_holds(tmp_path: Path) -> None:
    endpoints = endpoints_of(settings(tmp_path, f"{KEY}\n".encode()))
    assert endpoints["orders"].url == "https://shop.example.com/a"
    assert endpoints["orders"].key == KEY.encode()
    assert KEY not in repr(endpoints)


@pytest.mark.parametrize(
    ("key", "told"),
    [
        (None, "the webhook orders can't be read: No such file"),
        (b"\xff" * 40, "can't be read: it is no text"),
        (b"short", "is shorter than 32 characters; make one with: openssl rand -hex 32"),
    ],
)
def test_a_key_that_is_none_is_told(tmp_path: Path, key: bytes | None, told: str) -> None:
    with pytest.raises(UsageError, match=told):
        endpoints_of(settings(tmp_path, key))
