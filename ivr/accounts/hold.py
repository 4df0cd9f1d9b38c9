"""A hold: calls and messages rest, for a time or until somebody lifts it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class HoldKind(StrEnum):
    """Why they rest."""

    ALREADY_PAID = "already_paid"
    """The customer says to have paid: for a time in which the payment can come in."""
    DISPUTED = "disputed"
    STOP_CONTACT = "stop_contact"
    """The customer wants no contact at all."""
    ATTORNEY = "attorney"
    """Somebody else speaks for the customer."""
    BANKRUPT = "bankrupt"
    DECEASED = "deceased"

    @property
    def sentence(self) -> str:
        """What it is, in a clause about the customer."""
        return _SENTENCES[self]

    @property
    def is_taken_up_again(self) -> bool:
        """Whether the alert that it ended goes on when it is over and the cause is still there."""
        return self in (HoldKind.ALREADY_PAID, HoldKind.DISPUTED)


_SENTENCES = {
    HoldKind.ALREADY_PAID: "the customer says to have paid",
    HoldKind.DISPUTED: "the customer disputes it",
    HoldKind.STOP_CONTACT: "the customer wants no contact",
    HoldKind.ATTORNEY: "an attorney speaks for the customer",
    HoldKind.BANKRUPT: "the customer is bankrupt",
    HoldKind.DECEASED: "the customer has died",
}


@dataclass(frozen=True, slots=True)
class Hold:
    """One hold. It stops every medium at once."""

    id: str
    kind: HoldKind
    customer_id: str
    account_id: str | None
    """The account that it is on; None: all of the customer's."""
    topic: str | None
    """The topic that it covers; None covers everything."""
    since: datetime
    until: datetime | None
    """When it ends by itself or was lifted; None: when somebody lifts it."""
    source: str
    """`customer`, or the name of who placed it."""
    alert_id: str | None = None
    """The alert that it ended, where it ended one."""
    outcome_id: str | None = None
    """The outcome that it came with, which leads to the call."""

    def covers(self, account_id: str, topic: str, now: datetime) -> bool:
        """Say whether calls to its customer about an account and a topic rest now."""
        return self.rests_on(account_id, now) and self.topic in (None, topic)

    def rests_on(self, account_id: str, now: datetime) -> bool:
        """Say whether anything of its customer's account rests now, whatever the topic."""
        is_over = self.until is not None and self.until <= now
        return not is_over and self.account_id in (None, account_id)
