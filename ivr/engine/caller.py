"""Who may be calling: a number is a hint, never a proof."""

from __future__ import annotations

from dataclasses import dataclass

from ivr.accounts.customer import Customer
from ivr.engine.host import Party
from ivr.engine.ports import NewCall, Transaction
from ivr.phone_number import PhoneNumber


@dataclass(frozen=True, slots=True)
class Caller:
    """Somebody who calls us."""

    number: PhoneNumber | None
    """None when it is withheld."""
    customer: Customer | None
    """The one customer who has that number; None when nobody has it, or several."""

    @property
    def party(self) -> Party | None:
        """Whom effects of this call concern; None when we know nobody."""
        if self.customer is None or self.number is None:
            return None
        return Party(self.customer.id, None, None, self.number, None)


def find_caller(tx: Transaction, number: PhoneNumber | None) -> Caller:
    """Return who has this number, if that is one customer alone."""
    found = () if number is None else tx.customers.at_number(number)
    return Caller(number, found[0] if len(found) == 1 else None)


def caller_of(tx: Transaction, call: NewCall) -> Caller:
    """Return who was found when the call came in."""
    customer = None if call.customer_id is None else tx.customers.customer(call.customer_id)
    return Caller(PhoneNumber(call.number) if call.number else None, customer)
