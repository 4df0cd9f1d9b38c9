"""The state of a session: versioned, serialisable, with no secret in it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SessionState:
    """Where a session stands. Filled in by the session engine."""

    flow: str
    node: str
