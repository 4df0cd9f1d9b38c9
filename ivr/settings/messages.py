"""`[messages]` and `[sms]`."""

from __future__ import annotations

from pathlib import Path
from typing import Self
from urllib.parse import urlsplit

from pydantic import Field, field_validator, model_validator

from ivr.settings.section import Section
from ivr.switch.trunk import LOCAL_HOSTS


class MessageSettings(Section):
    """Messages in writing, by whatever medium."""

    listed_addresses: tuple[str, ...] = ()
    """Who may get messages before `ivr go-live`: e-mail addresses, and numbers for text messages."""
    link_base: str | None = None
    """What the addresses of links begin with: `https://bank.example.com/l`; without it there are none."""
    most_a_day: int = Field(default=10, ge=1, le=100)
    """Messages to one address in 24 hours."""

    @field_validator("link_base")
    @classmethod
    def _is_safe(cls, value: str | None) -> str | None:
        return None if value is None else safe_address(value, "https://bank.example.com/l")


class SmsSettings(Section):
    """The gateway that takes our text messages; without a url none is sent. See docs/messages.md."""

    url: str | None = Field(default=None, repr=False)
    """https, or http on this machine; never logged, because it may hold a token."""
    key_file: Path | None = None
    """Holds the key that requests are signed with."""

    @field_validator("url")
    @classmethod
    def _is_safe(cls, value: str | None) -> str | None:
        return None if value is None else safe_address(value, "https://sms.example.com/messages")

    @model_validator(mode="after")
    def _is_signed(self) -> Self:
        if (self.url is None) != (self.key_file is None):
            raise ValueError("`url` and `key_file` belong together; give both, or neither")
        return self


def safe_address(url: str, like: str) -> str:
    """Return an https address, or an http one of this machine; raises ValueError with one like it."""
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError:
        raise ValueError(f"it is no address; write one like {like}") from None
    if parts.scheme not in ("http", "https") or not host or parts.username or parts.query or parts.fragment:
        raise ValueError(f"it is no plain address of a web server; write one like {like}")
    if parts.scheme == "http" and host not in LOCAL_HOSTS:
        raise ValueError(f"http can be read on its way; write one like {like}")
    return url
