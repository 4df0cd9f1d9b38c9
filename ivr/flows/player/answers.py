"""What effects come back with when nothing in the world is touched: chosen results, sample values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields
from datetime import datetime, timedelta, timezone
from typing import get_args

from ivr.errors import UsageError
from ivr.flows.effects import Effect
from ivr.flows.events import EffectDone
from ivr.flows.sample_variables import SAMPLE_VARIABLES
from ivr.flows.variables import Variables

_EASTERN = timezone(timedelta(hours=-4))
_MATTER = (
    "customer",
    "account",
    "alert",
    "payment_method",
    "promise",
    "verification",
    "payments",
    "contact",
)
"""What a found matter brings: the namespaces that are the customer's own."""
_FIND_A_MATTER = ("find_reference", "open_matter")
_VALUES: Mapping[str, Mapping[str, object]] = {
    "record_voice": {"recording": "sample-recording", "seconds": 5},
    "check_hours": {"opens_at": datetime(2026, 3, 10, 9, tzinfo=_EASTERN)},
    "check_staffing": {"free_agents": 1, "callers_waiting": 0, "expected_wait": 0},
    "request_callback": {"moment": datetime(2026, 3, 9, 16, tzinfo=_EASTERN)},
    "call_webhook": {"answer": {}},
    "hand_to_vault": {"id": "sample-card", "kind": "card", "ending": "42"},
    "take_card": {"id": "sample-card", "kind": "card", "ending": "42"},
    "next_alert": {"choice": SAMPLE_VARIABLES["choice"]},
    "choose_alert": {"choice": SAMPLE_VARIABLES["choice"]},
    "authorise_payments": {"in_writing": True},
    "end_authorisation": {"payments": SAMPLE_VARIABLES["payments"], "result": {"in_writing": True}},
    "find_prompt": {"name": "goodbye", "words": "Thank you. Goodbye.", "is_recorded": False},
}
"""By the effect's kind."""


_RESULTS: Mapping[str, Sequence[str]] = {
    str(each.default): effect.results
    for effect in get_args(Effect)
    for each in fields(effect)
    if each.name == "kind"
}
"""By the effect's kind."""


def check_chosen(chosen: Mapping[str, str]) -> None:
    """Raise UsageError for an effect that is not known, and for a result that it can't have."""
    for kind, result in chosen.items():
        if kind not in _RESULTS:
            raise UsageError(f"There is no effect {kind!r}; the effects are {', '.join(sorted(_RESULTS))}.")
        if result not in _RESULTS[kind]:
            raise UsageError(f"{kind} can't end in {result!r}; it ends in {', '.join(_RESULTS[kind])}.")


def answer(effect: Effect, chosen: Mapping[str, str], customer: Variables = SAMPLE_VARIABLES) -> EffectDone:
    """Return the result chosen for the kind of effect, else its first, which is the good one.

    The matter that is found is the one that `customer` has.
    """
    result = chosen.get(effect.kind, effect.results[0])
    found = _MATTER if effect.kind in _FIND_A_MATTER else ()
    values = _VALUES.get(effect.kind) or {name: customer[name] for name in found if name in customer}
    return EffectDone(effect.effect_id, result, values)
