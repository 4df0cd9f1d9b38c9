"""Disposition: what a response or a call without one means for the business."""

from enum import StrEnum


class Disposition(StrEnum):
    """The business's word for how an attempt ended."""

    PAYMENT = "payment"
    PROMISE_TO_PAY = "promise_to_pay"
    AGENT_HANDLED = "agent_handled"
    RIGHT_PARTY_CONTACT = "right_party_contact"
    """The customer was there; the matter was confirmed, moved, reported or left open by them."""
    MESSAGE_LEFT = "message_left"
    REFUSED = "refused"
    """The customer was there and does not accept the matter."""
    DO_NOT_CALL = "do_not_call"
    WRONG_PARTY = "wrong_party"
    CALLBACK = "callback"
    HUNG_UP = "hung_up"
    """A person answered and hung up before anything was meant."""
    NO_RESPONSE = "no_response"
    """A person stayed on the line and never pressed a key that means something."""
    NO_CONTACT = "no_contact"
    """No person was reached and no message left."""
    UNKNOWN = "unknown"
