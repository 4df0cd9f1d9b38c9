"""Who may be calling: a number is a hint, never a proof."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from ivr.accounts.customer import Customer
from ivr.engine.check_factor import known_factors
from ivr.engine.ports import NewCall, Transaction
from ivr.flows.factor import DEFAULT_ORDER, Factor
from ivr.flows.factor_digits import factors_held
from ivr.flows.on_the_line import Party
from ivr.phone_number import PhoneNumber

CALLED_LATELY = timedelta(days=7)
"""So long after a call of ours somebody who calls may be returning it."""


@dataclass(frozen=True, slots=True)
class Caller:
    """Somebody who calls us."""

    number: PhoneNumber | None
    """None when it is withheld."""
    customer: Customer | None
    """The one customer who has that number; None when nobody has it, or several."""
    factors: tuple[Factor, ...] = ()
    """By what that customer can prove to be them, in the order of preference."""
    was_called: bool = False
    """Whether we have called this number lately."""
    is_one_too_many: bool = False
    """Whether this number of ours has as many callers already as the settings let it have."""

    @property
    def party(self) -> Party | None:
        """Whom the call begins with; None when we know nobody."""
        return None if self.customer is None else Party(self.customer.id)


def find_caller(
    tx: Transaction,
    number: PhoneNumber | None,
    order: Sequence[Factor] = DEFAULT_ORDER,
    now: datetime | None = None,
) -> Caller:
    """Return who has this number, if that is one customer alone, who may prove it by what is in `order`."""
    found = () if number is None else tx.customers.at_number(number)
    return _caller(tx, number, found[0] if len(found) == 1 else None, order, now)


def caller_of(
    tx: Transaction, call: NewCall, order: Sequence[Factor] = DEFAULT_ORDER, now: datetime | None = None
) -> Caller:
    """Return who was found when the call came in."""
    customer = None if call.customer_id is None else tx.customers.customer(call.customer_id)
    return _caller(tx, PhoneNumber(call.number) if call.number else None, customer, order, now)


def _caller(
    tx: Transaction,
    number: PhoneNumber | None,
    customer: Customer | None,
    order: Sequence[Factor],
    now: datetime | None,
) -> Caller:
    was_called = (
        number is not None and now is not None and tx.calls.was_placed_to(number, now - CALLED_LATELY)
    )
    caller = Caller(number, customer, was_called=was_called)
    if caller.party is None:
        return caller
    factors = factors_held(known_factors(caller.party, tx), order)
    return Caller(number, customer, factors, was_called)
