"""From what happened on a call to the business's word for it."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from ivr.calls.answered_by import AnsweredBy
from ivr.calls.call_result import CallResult
from ivr.outcomes.disposition import Disposition
from ivr.outcomes.response import Response

_BY_WEIGHT: tuple[tuple[Disposition, frozenset[Response]], ...] = (
    # A word to stop is kept whatever else was pressed, also when a payment was made first.
    (Disposition.DO_NOT_CALL, frozenset({Response.OPTED_OUT, Response.STOP_CONTACT})),
    (Disposition.PAYMENT, frozenset({Response.PAID})),
    (Disposition.PROMISE_TO_PAY, frozenset({Response.PROMISED})),
    (Disposition.AGENT_HANDLED, frozenset({Response.TRANSFERRED})),
    (Disposition.WRONG_PARTY, frozenset({Response.WRONG_PERSON, Response.WRONG_NUMBER})),
    (Disposition.REFUSED, frozenset({Response.DISPUTED})),
    (
        Disposition.RIGHT_PARTY_CONTACT,
        frozenset(
            {
                Response.CONFIRMED,
                Response.CANCELLED,
                Response.RESCHEDULED,
                Response.ORDERED,
                Response.PROBLEM_REPORTED,
                Response.ALREADY_PAID,
                Response.FORWARDED,
            }
        ),
    ),
    (Disposition.CALLBACK, frozenset({Response.CALLBACK_REQUESTED, Response.CALL_LATER})),
    # They tried to pay: the right person was there, and the matter is open.
    (Disposition.RIGHT_PARTY_CONTACT, frozenset({Response.PAYMENT_DECLINED, Response.PAYMENT_UNKNOWN})),
    (Disposition.NO_RESPONSE, frozenset({Response.NO_INPUT, Response.NO_MATCH})),
    (Disposition.HUNG_UP, frozenset({Response.HUNG_UP})),
    (Disposition.NO_RESPONSE, frozenset({Response.REPEATED})),
)
"""Every response once; of several, the one that stands first decides."""

_NOT_PEOPLE = frozenset(
    {
        AnsweredBy.MACHINE,
        AnsweredBy.SCREENER,
        AnsweredBy.AUTO_ATTENDANT,
        AnsweredBy.NETWORK_ANNOUNCEMENT,
        AnsweredBy.FAX,
    }
)
_SILENCE = frozenset({Disposition.NO_RESPONSE, Disposition.HUNG_UP})


def settled_by(settling: Sequence[Response]) -> str:
    """Return why an alert ends: by the last, the way to an agent only where nothing else was meant."""
    others = [response for response in settling if response is not Response.TRANSFERRED]
    return (others or settling)[-1].value


def disposition_of(
    result: CallResult,
    answered_by: AnsweredBy,
    responses: Collection[Response],
    *,
    message_left: bool = False,
) -> Disposition:
    """Return what a call means for the business.

    A key that means something outweighs the verdict on who answered: a machine presses none. Without one, a
    call that something other than a person answered is MESSAGE_LEFT or NO_CONTACT.
    """
    if result is not CallResult.ANSWERED:
        return Disposition.NO_CONTACT
    meant = next((word for word, those in _BY_WEIGHT if those & set(responses)), Disposition.NO_RESPONSE)
    if meant in _SILENCE and answered_by in _NOT_PEOPLE:
        return Disposition.MESSAGE_LEFT if message_left else Disposition.NO_CONTACT
    return meant
