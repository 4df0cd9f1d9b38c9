"""What a call must have come to, told by the person at its other end."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from ivr.app.demo.keys import Meaning, meaning_of
from ivr.calls.call_result import CallResult
from ivr.carrier.call_seen import CallSeen
from ivr.outcomes.disposition import Disposition

REFUSALS: Mapping[str, CallResult] = {
    "403": CallResult.REJECTED,
    "404": CallResult.INVALID_NUMBER,
    "480": CallResult.NO_ANSWER,
    "486": CallResult.BUSY,
    "503": CallResult.CONGESTION,
    "603": CallResult.REJECTED,
    "603+": CallResult.BLOCKED,
    "607": CallResult.BLOCKED,
    "608": CallResult.BLOCKED,
}
"""By what the person's log says they refused with."""

DISPOSITIONS: Mapping[Meaning, Disposition] = {
    Meaning.PAY: Disposition.PAYMENT,
    Meaning.TRIED_TO_PAY: Disposition.RIGHT_PARTY_CONTACT,
    Meaning.PROMISE: Disposition.PROMISE_TO_PAY,
    Meaning.AGENT: Disposition.AGENT_HANDLED,
    Meaning.ALREADY_PAID: Disposition.RIGHT_PARTY_CONTACT,
    Meaning.DISPUTE: Disposition.REFUSED,
    Meaning.OPT_OUT: Disposition.DO_NOT_CALL,
    Meaning.WRONG_PERSON: Disposition.WRONG_PARTY,
}
ENDS_THE_MATTER = frozenset(
    {
        Meaning.PAY,
        Meaning.PROMISE,
        Meaning.AGENT,
        Meaning.ALREADY_PAID,
        Meaning.DISPUTE,
        Meaning.OPT_OUT,
    }
)
"""After these nobody may call about it again."""

_SHORTEST_SILENCE = timedelta(seconds=14)
"""Two waits of seven seconds: whoever goes earlier hung up, later it may count as silence."""


@dataclass(frozen=True, slots=True)
class Told:
    """What the store should say of one call."""

    result: CallResult
    meaning: Meaning
    dispositions: frozenset[Disposition]
    """Any of these: who hangs up at the end of a long silence may be either."""


def what_it_came_to(call: CallSeen, *, has_card: bool, was_charged: bool) -> Told:
    """Return what the person's log implies. `has_card`, `was_charged`: see `keys.meaning_of`."""
    if call.refused is not None:
        return _unanswered(REFUSALS[call.refused])
    if call.answered_at is None:
        return _unanswered(CallResult.NO_ANSWER)
    meaning = meaning_of(call.pressed, has_card=has_card, was_charged=was_charged)
    if meaning is Meaning.NOTHING:
        return Told(CallResult.ANSWERED, meaning, _without_a_word(call))
    return Told(CallResult.ANSWERED, meaning, frozenset({DISPOSITIONS[meaning]}))


def _unanswered(result: CallResult) -> Told:
    return Told(result, Meaning.NOTHING, frozenset({Disposition.NO_CONTACT}))


def _without_a_word(call: CallSeen) -> frozenset[Disposition]:
    if call.ended_by != "person":
        return frozenset({Disposition.NO_RESPONSE})
    if call.answered_at and call.ended_at and call.ended_at - call.answered_at < _SHORTEST_SILENCE:
        return frozenset({Disposition.HUNG_UP})
    return frozenset({Disposition.HUNG_UP, Disposition.NO_RESPONSE})
