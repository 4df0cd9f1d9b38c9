"""Time as a value that is handed in: aware UTC everywhere inside."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

Clock = Callable[[], datetime]
"""Answers with the present moment, aware and in UTC."""


def utc_now() -> datetime:
    """Return the present moment from the machine's clock."""
    return datetime.now(UTC)


def require_utc(moment: datetime) -> datetime:
    """Return `moment` in UTC; a naive one raises ValueError, because nobody knows which hour it means."""
    if moment.tzinfo is None:
        raise ValueError(f"{moment.isoformat()} has no time zone; give an aware datetime")
    return moment.astimezone(UTC)
