"""How an attempt ended, in the one word that retry rules go by.

It is the CallResult or, for an answered call, the disposition: `answered` does not tell what to do next.
"""

from __future__ import annotations

from enum import StrEnum

from ivr.attempts.attempt import Attempt, AttemptState
from ivr.calls.call_result import CallResult
from ivr.outcomes.disposition import Disposition


class Ending(StrEnum):
    """The words that a retry rule may use."""

    BUSY = "busy"
    NO_ANSWER = "no_answer"
    REJECTED = "rejected"
    BLOCKED = "blocked"
    """The network or the customer's device refuses our caller ID (603+, 607, 608)."""
    INVALID_NUMBER = "invalid_number"
    UNREACHABLE = "unreachable"
    CONGESTION = "congestion"
    FAILED = "failed"
    CANCELLED = "cancelled"
    """We gave the call up before it was answered."""
    HUNG_UP = "hung_up"
    """Somebody answered and hung up without saying anything."""
    NO_RESPONSE = "no_response"
    """Somebody listened and never pressed a key that meant something."""
    MACHINE = "machine"
    """A machine answered and no message was left."""
    MESSAGE_LEFT = "message_left"
    WRONG_PARTY = "wrong_party"
    """Whoever answered is not the customer, or the number is not theirs."""
    CALLBACK = "callback"
    """They asked to be called later."""
    REFUSED = "refused"
    RIGHT_PARTY_CONTACT = "right_party_contact"
    """The customer was there and left the matter open."""


SETTLED = frozenset(
    {
        Disposition.PAYMENT,
        Disposition.PROMISE_TO_PAY,
        Disposition.AGENT_HANDLED,
        Disposition.DO_NOT_CALL,
    }
)
"""Dispositions after which nobody is tried again on any medium."""

_ANSWERED = {
    Disposition.RIGHT_PARTY_CONTACT: Ending.RIGHT_PARTY_CONTACT,
    Disposition.MESSAGE_LEFT: Ending.MESSAGE_LEFT,
    Disposition.REFUSED: Ending.REFUSED,
    Disposition.WRONG_PARTY: Ending.WRONG_PARTY,
    Disposition.CALLBACK: Ending.CALLBACK,
    Disposition.HUNG_UP: Ending.HUNG_UP,
    Disposition.NO_RESPONSE: Ending.NO_RESPONSE,
    Disposition.NO_CONTACT: Ending.MACHINE,
    # Nobody knows what was said: as if nothing had been.
    Disposition.UNKNOWN: Ending.NO_RESPONSE,
}


def ending_of(attempt: Attempt) -> Ending:
    """Return how a closed attempt ended.

    Raises ValueError for one that is not closed or that settled the matter: nothing follows on it.
    """
    if attempt.state is not AttemptState.CLOSED or attempt.result is None:
        raise ValueError(f"attempt {attempt.id} is {attempt.state}, not closed with a result")
    result = CallResult(attempt.result)
    if result is not CallResult.ANSWERED:
        return Ending(result.value)
    disposition = Disposition(attempt.disposition or Disposition.UNKNOWN)
    if disposition in SETTLED:
        raise ValueError(f"attempt {attempt.id} settled the matter: {disposition}")
    return _ANSWERED[disposition]
