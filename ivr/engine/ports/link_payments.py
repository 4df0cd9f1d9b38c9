"""Payments that were asked for on the page behind a link."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, slots=True)
class LinkPayment:
    """That somebody pays on a page, and to which words."""

    id: str
    """One a page and amount."""
    message_id: str
    """The message whose link led to the page."""
    alert_id: str | None
    """None: the link is about an account alone."""
    words: str
    """The version of the page's wording."""
    proof: str | None
    """The factor that they proved to be the customer by."""
    began_at: datetime
    """When it was asked for, which may be long after the page was opened."""
    intent_id: str = ""

    def of_intent(self, intent_id: str) -> LinkPayment:
        """Return it with the payment intent that it makes."""
        return replace(self, intent_id=intent_id)


class LinkPayments(Protocol):
    """Payments on pages, each until it is kept what came of it."""

    def begin(self, payment: LinkPayment) -> bool:
        """Write one down, or open it anew where it ended before there was an intent.

        False (and nothing is changed) when it is there already.
        """
        ...

    def unfinished(self) -> Sequence[LinkPayment]:
        """Return those of which nobody has kept what came of them, oldest first."""
        ...

    def of_intent(self, intent_id: str) -> LinkPayment | None:
        """Return the one that made an intent; None: it was not made on a page."""
        ...

    def finish(self, payment_id: str, at: datetime) -> bool:
        """Keep that it is over; False when it was before."""
        ...
