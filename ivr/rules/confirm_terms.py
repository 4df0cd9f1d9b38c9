"""Which message confirms in writing what a customer has settled."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict

from ivr.rules.contact_plan import ContentName


class Confirmed(StrEnum):
    """What can be confirmed in writing, as it is named in a rule."""

    PAYMENT = "payment"
    """A payment that the customer made."""
    PAGE_PAYMENT = "page_payment"
    """One that somebody made on the payment provider's own page, by whatever card."""
    AUTOMATIC_PAYMENT = "automatic_payment"
    """One that was made on its day, as the customer had agreed."""
    PROMISE = "promise"
    INSTALMENTS = "instalments"
    """A promise in several parts."""
    AUTHORISATION = "authorisation"
    """The customer agreed to automatic payments, and gets a copy of what was agreed."""
    AUTHORISATION_ENDED = "authorisation_ended"
    """The customer took that back."""

    @property
    def values(self) -> frozenset[str]:
        """What its message can speak of besides, as `values.NAME`."""
        return _VALUES[self]


_VALUES = {
    Confirmed.PAYMENT: frozenset({"amount", "paid_on"}),
    Confirmed.PAGE_PAYMENT: frozenset({"amount", "paid_on"}),
    Confirmed.AUTOMATIC_PAYMENT: frozenset({"amount", "paid_on", "agreed_on"}),
    Confirmed.PROMISE: frozenset({"amount", "pay_by"}),
    Confirmed.INSTALMENTS: frozenset({"amount", "parts", "first_amount", "first_by", "pay_by"}),
    Confirmed.AUTHORISATION: frozenset({"terms", "day", "first_on", "agreed_on"}),
    Confirmed.AUTHORISATION_ENDED: frozenset({"agreed_on", "ended_on"}),
}


def _message(value: object) -> object:
    return None if value == "never" else value


MessageOrNever = Annotated[ContentName | None, BeforeValidator(_message)]


class ConfirmTerms(BaseModel):
    """The message for each, `never` where nothing is written."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    payment: MessageOrNever = "payment-receipt"
    page_payment: MessageOrNever = "page-payment-receipt"
    automatic_payment: MessageOrNever = "automatic-payment-receipt"
    promise: MessageOrNever = "promise-confirmation"
    instalments: MessageOrNever = "instalment-plan"
    authorisation: MessageOrNever = "authorisation-copy"
    authorisation_ended: MessageOrNever = "authorisation-ended"

    def message(self, outcome: Confirmed) -> str | None:
        """Return the name of the message for an outcome; None: nothing is written."""
        found: str | None = getattr(self, outcome.value)
        return found
