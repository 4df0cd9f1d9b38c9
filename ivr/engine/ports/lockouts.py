"""Doors that are locked after too many wrong secrets."""

from __future__ import annotations

from typing import Protocol

from ivr.engine.lockout import Lockout


class Lockouts(Protocol):
    """How each door stands, by name."""

    def get(self, door: str) -> Lockout:
        """Return how it stands; of a door that nobody has failed at yet, open."""
        ...

    def put(self, door: str, lockout: Lockout) -> None: ...
