"""Numbers that may not call us, and what leads to that."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from ivr.calls.caller_block import CallerBlock


class CallerBlocks(Protocol):
    """Numbers that are blocked, and the wrong references keyed from each."""

    def place(self, block: CallerBlock) -> None:
        """Block a number; a block that it has already is replaced."""
        ...

    def of(self, number: str, now: datetime) -> CallerBlock | None:
        """Return the block that a number is under now."""
        ...

    def standing(self, now: datetime) -> Sequence[CallerBlock]:
        """Return every block that lasts, the oldest first."""
        ...

    def called(self, number: str, at: datetime) -> None:
        """Count a call that the number's block keeps out."""
        ...

    def lift(self, number: str) -> bool:
        """Take a block back, with all that has led to it; False when there is none."""
        ...

    def reference_failed(self, number: str, at: datetime) -> None:
        """Note that a wrong reference was keyed from a number."""
        ...

    def failures_since(self, number: str, since: datetime) -> int:
        """Return how many wrong references were keyed from a number since then."""
        ...
