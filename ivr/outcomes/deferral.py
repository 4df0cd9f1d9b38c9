"""Until when a person has put the matter off."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from ivr.outcomes.response import Effect, Response


def deferred_to(responses: Sequence[tuple[Response, Mapping[str, object]]]) -> datetime | None:
    """Return the moment of the last deferring response, aware; None without one, or when it names none."""
    named = [details.get("moment") for response, details in responses if response.effect is Effect.DEFERRING]
    return _moment(named[-1]) if named else None


def _moment(written: object) -> datetime | None:
    """Read a moment in ISO 8601; what a flow may have written in its place is none."""
    if not isinstance(written, str):
        return None
    try:
        moment = datetime.fromisoformat(written)
    except ValueError:
        return None
    return None if moment.tzinfo is None else moment
