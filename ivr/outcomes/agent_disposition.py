"""What an agent says a call came to, and what that means in the words that everything else goes by."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from ivr.accounts.hold import HoldKind
from ivr.outcomes.response import Effect, Response


class AgentDisposition(StrEnum):
    """An agent's word for how a call ended."""

    RESOLVED = "resolved"
    """The matter is done."""
    PAID = "paid"
    """They paid with the agent; the money is booked by whoever took it."""
    PROMISE_TO_PAY = "promise_to_pay"
    ALREADY_PAID = "already_paid"
    CALLBACK = "callback"
    """They want to be called at another time."""
    UNRESOLVED = "unresolved"
    """They were there, and the matter is open."""
    WRONG_NUMBER = "wrong_number"
    WRONG_PERSON = "wrong_person"
    DO_NOT_CALL = "do_not_call"
    STOP_CONTACT = "stop_contact"
    """They want to hear from us on no medium."""
    ATTORNEY = "attorney"
    BANKRUPT = "bankrupt"
    DECEASED = "deceased"
    DISPUTE = "dispute"

    @property
    def response(self) -> Response | None:
        """What the customer meant, where that is a thing to be meant."""
        return _MEANING[self].response

    @property
    def effect(self) -> Effect:
        """What it does to the alert."""
        return _MEANING[self].effect

    @property
    def hold(self) -> HoldKind | None:
        """The hold that it places."""
        return _MEANING[self].hold

    @property
    def is_about_all(self) -> bool:
        """Whether it is about everything of the customer, and not one account."""
        return _MEANING[self].is_about_all


@dataclass(frozen=True, slots=True)
class _Meaning:
    response: Response | None = None
    effect: Effect = Effect.SETTLING
    hold: HoldKind | None = None
    is_about_all: bool = False


_MEANING = {
    AgentDisposition.RESOLVED: _Meaning(Response.CONFIRMED),
    AgentDisposition.PAID: _Meaning(Response.PAID),
    AgentDisposition.PROMISE_TO_PAY: _Meaning(Response.PROMISED),
    AgentDisposition.ALREADY_PAID: _Meaning(Response.ALREADY_PAID, hold=HoldKind.ALREADY_PAID),
    AgentDisposition.CALLBACK: _Meaning(Response.CALLBACK_REQUESTED, Effect.DEFERRING),
    AgentDisposition.UNRESOLVED: _Meaning(effect=Effect.NEUTRAL),
    AgentDisposition.WRONG_NUMBER: _Meaning(Response.WRONG_NUMBER, Effect.NEUTRAL),
    AgentDisposition.WRONG_PERSON: _Meaning(Response.WRONG_PERSON, Effect.NEUTRAL),
    AgentDisposition.DO_NOT_CALL: _Meaning(Response.OPTED_OUT, is_about_all=True),
    AgentDisposition.STOP_CONTACT: _Meaning(
        Response.STOP_CONTACT, hold=HoldKind.STOP_CONTACT, is_about_all=True
    ),
    # These three end contact about whatever the customer has with us.
    AgentDisposition.ATTORNEY: _Meaning(hold=HoldKind.ATTORNEY, is_about_all=True),
    AgentDisposition.BANKRUPT: _Meaning(hold=HoldKind.BANKRUPT, is_about_all=True),
    AgentDisposition.DECEASED: _Meaning(hold=HoldKind.DECEASED, is_about_all=True),
    AgentDisposition.DISPUTE: _Meaning(Response.DISPUTED, hold=HoldKind.DISPUTED),
}
