"""What effects come back with when nothing in the world is touched: chosen results, sample values."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

from ivr.errors import UsageError
from ivr.flows.effects import Effect
from ivr.flows.events import EffectDone

_VALUES: Mapping[str, Mapping[str, object]] = {
    "record_voice": {"recording": "sample-recording", "seconds": 5},
    "check_hours": {"opens_at": datetime(2026, 3, 10, 14, tzinfo=UTC)},
    "check_staffing": {"free_agents": 1, "callers_waiting": 0, "expected_wait": 0},
    "request_callback": {"moment": datetime(2026, 3, 9, 20, tzinfo=UTC)},
    "call_webhook": {"answer": {}},
    "find_prompt": {"name": "goodbye", "words": "Thank you. Goodbye.", "is_recorded": False},
}
"""By the effect's kind."""


def answer(effect: Effect, chosen: Mapping[str, str]) -> EffectDone:
    """Return the result chosen for the effect's kind (`{"pay": "declined"}`), else its first, the good one.

    Raises UsageError for a result that the effect can't have.
    """
    result = chosen.get(effect.kind, effect.results[0])
    if result not in effect.results:
        raise UsageError(f"{effect.kind} can't end in {result!r}; it ends in {', '.join(effect.results)}.")
    return EffectDone(effect.effect_id, result, _VALUES.get(effect.kind, {}))
