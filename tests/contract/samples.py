"""Sample values for the store, and the steps that bring an attempt to where a test begins."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

from ivr.accounts.account import Account
from ivr.accounts.contact_point import ContactPoint, Medium
from ivr.accounts.customer import Customer
from ivr.accounts.payment_method import PaymentMethod
from ivr.alerts.alert import Alert
from ivr.attempts.attempt import Attempt, NewAttempt
from ivr.engine.ports import CustomerRecord, NewCall, Outcome, Transaction
from ivr.money import Money
from ivr.outcomes.disposition import Disposition
from ivr.outcomes.response import Response
from ivr.rules.rule import Rule

NOW = datetime(2026, 3, 2, 15, 0, tzinfo=UTC)
LEASE = timedelta(seconds=30)


def usd(minor: int) -> Money:
    return Money(minor, "USD")


def record(number: int = 1, address: str | None = None) -> CustomerRecord:
    """Return customer `c{number}` with account, contact point and payment method of the same number."""
    customer_id = f"c{number}"
    account = Account(f"a{number}", customer_id, "card", "open", usd(50_000), usd(12_345), date(2026, 3, 1))
    phone = address or f"+1202555{number:04d}"
    return CustomerRecord(
        Customer(customer_id, f"Customer {number}", "en", "America/New_York", "US-DC"),
        [account],
        [ContactPoint(f"p{number}", customer_id, Medium.VOICE, phone)],
        [PaymentMethod(f"m{number}", customer_id, "card", "4242", "tok_ok")],
    )


def alert(number: int = 1, key: str = "") -> Alert:
    return Alert(
        id=f"alert{number}{key}",
        rule="payment-overdue",
        rule_version="v1",
        topic="payments",
        customer_id=f"c{number}",
        account_id=f"a{number}",
        dedupe_key=f"payment-overdue/a{number}/2026-03-01{key}",
        facts={"amount_due": "123.45"},
        priority=0,
        created_at=NOW,
        expires_at=NOW + timedelta(days=7),
    )


def new_attempt(number: int = 1, key: str = "", attempt_no: int = 1, bonus: int = 0) -> NewAttempt:
    """Return a voice attempt for alert `number`, due NOW and ranked `bonus` seconds ahead."""
    return NewAttempt(
        alert_id=f"alert{number}{key}",
        customer_id=f"c{number}",
        cycle=1,
        attempt_no=attempt_no,
        step=0,
        medium=Medium.VOICE,
        contact_point_id=f"p{number}",
        address=f"+1202555{number:04d}",
        due_at=NOW,
        rank_at=NOW - timedelta(seconds=bonus),
    )


def new_call(attempt: Attempt) -> NewCall:
    return NewCall(
        id=attempt.id,
        attempt_id=attempt.id,
        direction="outbound",
        number=attempt.address,
        trunk="carrier",
        caller_id="+12025550000",
        flow="payment",
        flow_version="f1",
        started_at=NOW,
    )


def outcome(attempt: Attempt, account_id: str = "a1") -> Outcome:
    return Outcome(
        id=f"outcome-{attempt.id}",
        alert_id=attempt.alert_id,
        attempt_id=attempt.id,
        customer_id=attempt.customer_id,
        account_id=account_id,
        medium="voice",
        disposition=Disposition.PAYMENT,
        responses=[(Response.REPEATED, {}), (Response.PAID, {"amount": "123.45"})],
        call_result="answered",
        at=NOW,
        content_version="f1",
    )


def add_due_attempt(tx: Transaction, number: int = 1, bonus: int = 0) -> str:
    """Add customer, alert and a due attempt of that number; return the attempt's id."""
    tx.customers.put(record(number))
    tx.alerts.add(alert(number))
    attempt_id = tx.attempts.add(new_attempt(number, bonus=bonus))
    assert attempt_id is not None
    return attempt_id


def add_due_attempts(tx: Transaction, numbers: Sequence[int]) -> list[str]:
    return [add_due_attempt(tx, number) for number in numbers]


def take_epoch(tx: Transaction, owner: str = "engine", name: str = "engine", at: datetime = NOW) -> int:
    """Take the lease `name` and return its epoch."""
    epoch = tx.rule_runs.take_lease(name, owner, at, at + LEASE)
    assert epoch is not None
    return epoch


def claim(tx: Transaction, epoch: int, limit: int = 100, owner: str = "engine") -> Sequence[Attempt]:
    return tx.attempts.claim_due(owner, epoch, NOW, limit, NOW + LEASE)


def add_placing_attempt(tx: Transaction, number: int = 1) -> tuple[Attempt, int]:
    """Bring an attempt to placing; return it with its epoch."""
    attempt_id, epoch = add_due_attempt(tx, number), take_epoch(tx)
    claim(tx, epoch)
    assert tx.attempts.placing(attempt_id, epoch, NOW)
    return tx.attempts.get(attempt_id), epoch


def rule_when(condition: object, **more: object) -> Rule:
    """Return a rule with this condition."""
    return Rule.model_validate(
        {
            "name": "a-rule",
            "title": "A rule",
            "topic": "payments",
            "when": condition,
            "schedule": {"every": "5m"},
            "plan": [{"medium": "voice", "flow": "payment-overdue"}],
            "retry": "standard",
            "hours": "us-standard",
            **more,
        }
    )
