"""Response: what the person meant."""

from __future__ import annotations

from enum import Enum, StrEnum


class Effect(Enum):
    """What a response does to the alert it answers."""

    SETTLING = "ends the alert on every medium"
    DEFERRING = "moves the alert to a later moment on every medium"
    NEUTRAL = "leaves the alert open"


class Response(StrEnum):
    """One thing that a person can mean by keys, words or silence."""

    PAID = "paid"
    PROMISED = "promised"
    TRANSFERRED = "transferred"
    CONFIRMED = "confirmed"
    CANCELLED = "cancelled"
    RESCHEDULED = "rescheduled"
    ORDERED = "ordered"
    PROBLEM_REPORTED = "problem_reported"
    ALREADY_PAID = "already_paid"
    DISPUTED = "disputed"
    FORWARDED = "forwarded"
    OPTED_OUT = "opted_out"
    STOP_CONTACT = "stop_contact"
    WRONG_PERSON = "wrong_person"
    WRONG_NUMBER = "wrong_number"
    CALLBACK_REQUESTED = "callback_requested"
    CALL_LATER = "call_later"
    REPEATED = "repeated"
    SLOWER = "slower"
    PAYMENT_DECLINED = "payment_declined"
    PAYMENT_UNKNOWN = "payment_unknown"
    NO_INPUT = "no_input"
    NO_MATCH = "no_match"
    HUNG_UP = "hung_up"

    @property
    def effect(self) -> Effect:
        """What this response does to the alert it answers."""
        return _EFFECTS[self]

    @property
    def settles_once(self) -> bool:
        """Whether it means nothing about a matter that was settled in another call meanwhile.

        All others have happened when they are told (a payment, a talk with an agent), or hold whatever became
        of the matter (a wish to be left alone).
        """
        return self in _ONCE


_DEFERRING = {Response.CALLBACK_REQUESTED, Response.CALL_LATER}
_NEUTRAL = {
    Response.REPEATED,
    Response.SLOWER,
    Response.PAYMENT_DECLINED,
    Response.PAYMENT_UNKNOWN,
    Response.NO_INPUT,
    Response.NO_MATCH,
    Response.HUNG_UP,
    # The matter stays open: only the address was wrong, and others may be tried.
    Response.WRONG_PERSON,
    Response.WRONG_NUMBER,
}
_ONCE = {
    Response.PROMISED,
    Response.CONFIRMED,
    Response.CANCELLED,
    Response.RESCHEDULED,
    Response.ORDERED,
    Response.PROBLEM_REPORTED,
    Response.ALREADY_PAID,
    Response.DISPUTED,
}
_EFFECTS = {
    response: Effect.DEFERRING
    if response in _DEFERRING
    else Effect.NEUTRAL
    if response in _NEUTRAL
    else Effect.SETTLING
    for response in Response
}
