"""A sample customer: whom a flow speaks of when nobody is called (player, linter, diagrams, previews)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, time
from types import MappingProxyType

from ivr.flows.variables import Variables
from ivr.money import Money

SAMPLE_VARIABLES: Variables = MappingProxyType(
    {
        "today": date(2026, 3, 9),
        "company": {"name": "Sample Bank", "phone": "+12025550100", "region": "US"},
        "customer": {
            "id": "sample-customer",
            "name": "Maria Lopez",
            "first_name": "Maria",
            "language": "en",
            "segment": "private",
        },
        "account": {
            "id": "sample-account",
            "kind": "card",
            "status": "overdue",
            "balance": Money(81240, "USD"),
            "amount_due": Money(12050, "USD"),
            "minimum_due": Money(2500, "USD"),
            "due_on": date(2026, 3, 1),
            "last_paid": Money(8000, "USD"),
            "last_paid_on": date(2026, 2, 1),
        },
        "alert": {"id": "sample-alert", "topic": "payments", "reference": "123456782", "others": 1},
        "contact": {"sms": None, "email": None},
        "verification": {"factors": ["pin", "birth_date", "postcode", "account_digits", "reference"]},
        "payments": {
            "card_keying": False,
            "vault": None,
            "card_page": None,
            "page_proof": None,
            "automatic": None,
            "invitation": None,
            "invited": None,
            "authorised": None,
        },
        "call": {"direction": "outbound", "number": "+12025550123", "returned": False, "overloaded": False},
        "bulletin": None,
        "forward": {"comment": "sample-recording", "outcome": "heard", "way": "call"},
        "choice": {
            "rule": "low-balance",
            "name": "Low balance",
            "wanted": True,
            "threshold": Money(10000, "USD"),
            "least": Money(1000, "USD"),
            "most": Money(50000, "USD"),
            "step": Money(500, "USD"),
            "at": time(9),
            "may_set_time": True,
            "may_turn_off": True,
        },
        "payment_method": {"id": "sample-method", "kind": "card", "ending": "4242"},
        "promise": {
            "most_days": 14,
            "latest_on": date(2026, 3, 23),
            "least_amount": Money(2500, "USD"),
            "most_parts": 1,
        },
    }
)
"""Every variable that the host gives (ivr.flows.variables), each with a value of its kind."""


def _names() -> Iterator[str]:
    for namespace, value in SAMPLE_VARIABLES.items():
        yield namespace
        if isinstance(value, Mapping):
            yield from (f"{namespace}.{name}" for name in value)


GIVEN: frozenset[str] = frozenset(_names())
"""What a flow can speak of from its first node on, by dotted path, namespaces included."""
