"""`[email]`."""

from __future__ import annotations

import re
from email.utils import parseaddr
from pathlib import Path
from typing import Literal, Self

from pydantic import Field, field_validator, model_validator

from ivr.settings.section import Section
from ivr.switch.trunk import LOCAL_HOSTS

_ADDRESS = re.compile(r"[^@\s<>]+@[^@\s<>]+\Z")


class EmailSettings(Section):
    """The mail server that takes our e-mail; without a host none is sent. See docs/messages.md."""

    host: str | None = None
    port: int = Field(default=587, ge=1, le=65535)
    security: Literal["tls", "starttls", "none"] = "starttls"
    """`tls` from the first byte (465), `starttls` (587), or `none`, on this machine only."""
    user: str | None = None
    password_file: Path | None = None
    """Holds the password alone, for its owner's eyes only (0600)."""
    sender: str | None = Field(default=None, alias="from")
    """`Sample Bank <service@bank.example.com>`."""

    @field_validator("sender")
    @classmethod
    def _is_an_address(cls, value: str | None) -> str | None:
        if value is not None and not _ADDRESS.match(parseaddr(value)[1]):
            right = "write one like Sample Bank <service@bank.example.com>"
            raise ValueError(f"{value!r} is no e-mail address; {right}")
        return value

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        if (self.host is None) != (self.sender is None):
            raise ValueError("`host` and `from` belong together; give both, or neither")
        if (self.user is None) != (self.password_file is None):
            raise ValueError("`user` and `password_file` belong together; give both, or neither")
        if self.security == "none" and self.host is not None and self.host not in LOCAL_HOSTS:
            raise ValueError(f"mail to {self.host!r} could be read on its way; use tls or starttls")
        return self
