"""`[[webhooks]]`."""

from __future__ import annotations

from ipaddress import ip_address
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import Field, field_validator

from ivr.settings.section import Section


class WebhookSettings(Section):
    """A program that flows may ask in a call; see docs/webhooks.md."""

    name: Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]{0,62}$")]
    """What a `webhook` node calls it."""
    url: str = Field(repr=False)
    """https, or http on this machine; never logged, because it may hold a token."""
    key_file: Path
    """Holds the key that requests are signed with; relative to the folder of `ivr.toml`'s parent."""

    @field_validator("url")
    @classmethod
    def _is_safe(cls, url: str) -> str:
        right = "write one like https://shop.example.com/answerback"
        try:
            parts = urlsplit(url)
            host, _ = parts.hostname, parts.port
        except ValueError:
            raise ValueError(f"it is no address; {right}") from None
        if parts.scheme not in ("http", "https") or not host:
            raise ValueError(f"it is no address of a web server; {right}")
        if parts.username is not None or parts.password is not None:
            raise ValueError(f"it holds a user and a password; requests are signed instead, {right}")
        if parts.scheme == "http" and not _is_this_machine(host):
            raise ValueError(f"http can be read on its way; {right}")
        return url


def _is_this_machine(host: str) -> bool:
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False
