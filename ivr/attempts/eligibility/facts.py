"""Everything that the stages look at, read from the store in one go."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from ivr.accounts.account import Account
from ivr.accounts.contact_point import ContactPoint
from ivr.accounts.customer import Customer
from ivr.accounts.hold import Hold
from ivr.accounts.suppression import Suppression
from ivr.alerts.alert import Alert
from ivr.attempts.attempt import Attempt
from ivr.rules.alert_choice import NOTHING_CHOSEN, AlertChoice


@dataclass(frozen=True, slots=True)
class EligibilityFacts:
    """The facts of one attempt at one moment. No stage reads anything else but `now` and its policy."""

    attempt: Attempt
    alert: Alert
    customer: Customer
    account: Account
    contact_point: ContactPoint
    suppressions: Sequence[Suppression]
    """Those of the customer and those of the address.

    Where a third party is called: those of the address, and of every customer whose number it is.
    """
    recent_call_times: Sequence[datetime]
    """Start of each outbound call to the customer, on whatever number, in the last 30 days, oldest first.

    A number that alerts are passed on to counts too: for its customer and for whoever else is called there.
    """
    open_call: str | None
    """Id of an attempt of this customer or address that is placing or in progress, if there is one."""
    holds: Sequence[Hold] = ()
    """Those of the customer that have not ended, whatever they cover."""
    chosen: AlertChoice = NOTHING_CHOSEN
    """What the customer chose about the alert's rule."""
