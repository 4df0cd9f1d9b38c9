"""`[web]` and `[[api_clients]]`."""

from __future__ import annotations

from ipaddress import ip_address
from pathlib import Path
from typing import Annotated

from pydantic import Field, field_validator

from ivr.settings.section import Section
from ivr.web.access import Role


class WebSettings(Section):
    """The HTTP API and the pages behind links; see docs/integrations.md and docs/messages.md."""

    enabled: bool = False
    address: str = "127.0.0.1"
    """Where it listens: this machine only, because tokens go over it as they are."""
    port: Annotated[int, Field(ge=0, le=65535)] = 8060

    @field_validator("address")
    @classmethod
    def _is_this_machine(cls, address: str) -> str:
        try:
            is_loopback = ip_address(address).is_loopback
        except ValueError:
            raise ValueError(f"{address!r} is no IP address; write 127.0.0.1") from None
        if not is_loopback:
            raise ValueError(
                f"tokens could be read on their way to {address}; write 127.0.0.1, and let a web server "
                "with TLS on this machine pass requests on"
            )
        return address


class ApiClientSettings(Section):
    """A program that may use the API."""

    name: Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]{0,62}$")]
    """What the log and the customer's history call it."""
    token_file: Path
    """Holds its token, mode 0600; relative to the folder of `ivr.toml`'s parent."""
    roles: Annotated[tuple[Role, ...], Field(min_length=1)]
    """`agent`: reads stories and tells dispositions; `admin`: reads stories."""
