"""The customers of a run, and what each does with a call."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from ivr.accounts.account import Account
from ivr.accounts.contact_point import ContactPoint, Medium
from ivr.accounts.customer import Customer
from ivr.accounts.payment_method import PaymentMethod
from ivr.carrier.person import Person
from ivr.engine.ports import CustomerRecord
from ivr.money import parse_money

_YES = {"press": "1", "wait": "1s"}
_AGAIN = {"press": "1", "wait": "7s"}
_GIVES_UP = {"hang_up": True, "wait": "6s"}
_PAYS = (
    *(_YES, _YES, {"press": "1", "wait": "10s"}),
    *(_AGAIN, _GIVES_UP),
)
"""Says who they are, chooses to pay, and confirms once the question has begun; tries again after a drop."""

BEHAVIOURS: tuple[dict[str, Any], ...] = (
    {"kind": "answers", "then": _PAYS},
    {"kind": "answers", "then": [_YES, {"press": "2", "wait": "1s"}, {"press": "2"}, _GIVES_UP]},
    {"kind": "busy"},
    {"kind": "answers", "after": "4s", "then": _PAYS},
    {"kind": "never_answers"},
    {"kind": "answers", "then": [{"wait": "3s", "hang_up": True}]},
    {"kind": "answers", "after": "2s", "then": [{"press": "9", "wait": "2s"}, _GIVES_UP]},
    {"kind": "congestion"},
    {"kind": "answers", "then": [_YES, {"press": "4", "wait": "1s"}, _GIVES_UP]},
    {"kind": "rejects"},
)
"""What people do, in turn."""


def number_of(index: int) -> str:
    """Return the telephone number of the customer of this index, 0 to 9999."""
    return f"+1202555{index:04}"


def person(index: int) -> Person:
    """Return who answers at a customer's number."""
    does = BEHAVIOURS[index % len(BEHAVIOURS)]
    return Person.model_validate({"number": number_of(index), "name": f"Person {index}", "does": does})


def customer(index: int, today: date) -> CustomerRecord:
    """Return a customer whose payment is overdue. All have one name and one amount: little to be spoken."""
    customer_id, owed = f"C{index}", parse_money("42.50", "USD")
    return CustomerRecord(
        Customer(customer_id, "Maria Lopez", "en", "America/New_York", "US"),
        [Account(f"A{index}", customer_id, "card", "open", owed, owed, today - timedelta(days=30))],
        [ContactPoint(f"P{index}", customer_id, Medium.VOICE, number_of(index), 1)],
        [PaymentMethod(f"M{index}", customer_id, "card", "42", "tok_ok")],
    )
