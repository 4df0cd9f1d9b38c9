"""Disposition: what a response or a call without one means for the business."""

from enum import StrEnum


class Disposition(StrEnum):
    """The business's word for how an attempt ended."""

    PAYMENT = "payment"
    PROMISE_TO_PAY = "promise_to_pay"
    AGENT_HANDLED = "agent_handled"
    RIGHT_PARTY_CONTACT = "right_party_contact"
    MESSAGE_LEFT = "message_left"
    REFUSED = "refused"
    DO_NOT_CALL = "do_not_call"
    WRONG_PARTY = "wrong_party"
    CALLBACK = "callback"
    NO_CONTACT = "no_contact"
    UNKNOWN = "unknown"
