"""Who may do what over HTTP: bearer tokens, roles, and a table that denies what it does not name."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

_SCHEME = "bearer"


class Role(StrEnum):
    """What a program stands for."""

    AGENT = "agent"
    """Shows agents whom they talk with, and takes their word."""
    ADMIN = "admin"


class Action(StrEnum):
    """What can be done."""

    READ_STORY = "read_story"
    RECORD_DISPOSITION = "record_disposition"
    READ_WHY = "read_why"


ALLOWED: Mapping[Role, frozenset[Action]] = {
    Role.AGENT: frozenset({Action.READ_STORY, Action.RECORD_DISPOSITION}),
    # Looks on: what customers said is told by those who talked with them.
    Role.ADMIN: frozenset({Action.READ_STORY, Action.READ_WHY}),
}


def digest_of(token: str) -> bytes:
    """Return what is kept of a token: it is compared in the same time whatever its length."""
    return hashlib.sha256(token.encode()).digest()


@dataclass(frozen=True, slots=True)
class ApiClient:
    """A program that may ask."""

    name: str
    roles: frozenset[Role]
    token_digest: bytes = field(repr=False)

    def may(self, action: Action) -> bool:
        """Whether one of its roles allows an action."""
        return any(action in ALLOWED.get(role, frozenset()) for role in self.roles)


def client_by_token(clients: Sequence[ApiClient], authorization: str) -> ApiClient | None:
    """Return whose token the header `Authorization` holds; None for no token and for a wrong one.

    How long it takes tells nothing of the tokens: every client's is compared, in constant time.
    """
    scheme, _, token = authorization.partition(" ")
    offered, found = digest_of(token.strip()), None
    for client in clients:
        if hmac.compare_digest(offered, client.token_digest):
            found = client
    return found if scheme.lower() == _SCHEME else None
