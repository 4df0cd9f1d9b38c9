"""Links in messages: whoever has one may do one thing for a while. Only a hash of its token is stored."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

LINK_MARK = "\ue002"
"""Stands in a message's wording where its link goes (private use area: no text holds it)."""

_TOKEN_BYTES = 16
"""128 bits: nobody finds one by trying."""


class LinkPurpose(StrEnum):
    """What a link is for."""

    ANSWER = "answer"
    """Whatever the matter can be answered with."""
    PAY = "pay"
    """The same, with paying first."""
    FORWARD = "forward"
    AUTHORISE = "authorise"


@dataclass(frozen=True, slots=True)
class Link:
    """One link. Its token is drawn anew whenever its message is handed over."""

    id: str
    purpose: LinkPurpose
    customer_id: str | None
    account_id: str | None
    alert_id: str | None
    message_id: str
    page: str | None = field(repr=False)
    """Where it leads at once: a page of the payment provider's; None: to a page of ours."""
    created_at: datetime
    expires_at: datetime
    opened_at: datetime | None = None
    """When it was opened first."""


def new_token() -> str:
    """Return a token of 22 characters that fit into an address."""
    return secrets.token_urlsafe(_TOKEN_BYTES)


def token_hash(token: str) -> str:
    """Return what is stored of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def link_address(base: str, token: str) -> str:
    """Return the address that is sent."""
    return f"{base.rstrip('/')}/{token}"
