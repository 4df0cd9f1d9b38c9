"""Customers with a payment that is overdue, as many as a step needs."""

from __future__ import annotations

from datetime import date, timedelta

from ivr.accounts.account import Account
from ivr.accounts.contact_point import ContactPoint, Medium
from ivr.accounts.customer import Customer
from ivr.engine.ports import CustomerRecord
from ivr.money import Money
from tests.bench.calls.telephone_numbers import number_of

_DUE = Money(4250, "USD")


def customers(count: int) -> list[CustomerRecord]:
    """Return `count` customers, each with one number and one account that the rule matches."""
    overdue = date.today() - timedelta(days=10)  # noqa: DTZ011  (any day well past will do)
    return [_customer(index, overdue) for index in range(count)]


def _customer(index: int, overdue: date) -> CustomerRecord:
    name = f"C{index:06}"
    return CustomerRecord(
        Customer(name, f"Customer {index}", time_zone="America/New_York", region="US"),
        [Account(f"A{index:06}", name, "card", "open", _DUE, _DUE, overdue)],
        [ContactPoint(f"P{index:06}", name, Medium.VOICE, number_of(index))],
    )
