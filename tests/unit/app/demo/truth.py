"""A small demo in which all is well: what was seen, and a store that says the same."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from ivr.accounts.account import Account
from ivr.accounts.contact_point import ContactPoint, Medium
from ivr.accounts.customer import Customer
from ivr.accounts.payment_method import PaymentMethod
from ivr.alerts.alert import AlertState
from ivr.app.demo.case import Seen, Stored
from ivr.app.demo.judge import Judgement, judge
from ivr.attempts.attempt import AttemptState
from ivr.calls.call_result import CallResult
from ivr.carrier.call_seen import CallSeen
from ivr.engine.ports import CustomerRecord
from ivr.engine.read_models import AccountDue, AlertLine, AttemptLine, CustomerLine
from ivr.gateways.sandbox import Charge
from ivr.money import Money
from ivr.outcomes.disposition import Disposition

NUMBER, OTHER, AGENT = "+12025550101", "+16465550101", "+13025550180"
NOON = datetime(2026, 1, 5, 12, tzinfo=UTC)
DUE = Money(4250, "USD")
NOTHING_DUE = Money(0, "USD")


@dataclass(frozen=True)
class Truth:
    """What a comparison is made of."""

    seen: Seen
    stored: Stored
    record: CustomerRecord

    def judged(self) -> Judgement:
        return judge([self.record], self.seen, self.stored)


def customer(*numbers: str, due: Money = DUE) -> CustomerRecord:
    points = [ContactPoint(f"p{n}", "D01", Medium.VOICE, number, n) for n, number in enumerate(numbers, 1)]
    return CustomerRecord(
        Customer("D01", "Maria Lopez", "en", "America/New_York", "US"),
        (Account("A01", "D01", "card", "open", due, due, None),),
        points,
        (PaymentMethod("m1", "D01", "card", "4242", "tok_ok"),),
    )


def call(
    attempt_id: str,
    *pressed: str,
    refused: str | None = None,
    answered: bool = True,
    ended_by: str = "far_end",
    seconds: int = 30,
    minute: int = 0,
) -> CallSeen:
    began = NOON + timedelta(minutes=minute)
    return CallSeen(
        line=f"line-{attempt_id}",
        attempt_id=attempt_id,
        began_at=began,
        answered_at=began if answered and refused is None else None,
        refused=refused,
        pressed=pressed,
        ended_by=ended_by,
        ended_at=began + timedelta(seconds=seconds),
    )


def attempt(no: int, result: CallResult, disposition: Disposition, address: str = NUMBER) -> AttemptLine:
    return AttemptLine(
        attempt_id=f"t{no}",
        alert_id="a1",
        customer_id="D01",
        attempt_no=no,
        address=address,
        state=AttemptState.CLOSED,
        was_dialled=True,
        result=result.value,
        disposition=disposition,
        responses=(),
    )


def alert(state: AlertState) -> AlertLine:
    return AlertLine("a1", "D01", "A01", state, "because")


def line(*attempts: AttemptLine, due: Money = DUE, suppressed: bool = False) -> CustomerLine:
    return CustomerLine(
        customer_id="D01",
        name="Maria Lopez",
        number=NUMBER,
        attempts_made=sum(each.was_dialled for each in attempts),
        states=tuple(each.state for each in attempts),
        last_call_result=None,
        dispositions=(),
        responses=(),
        accounts=(AccountDue("A01", due),),
        is_suppressed=suppressed,
    )


def paid() -> Truth:
    """The line was busy; at the second number the customer paid."""
    attempts = (
        attempt(1, CallResult.BUSY, Disposition.NO_CONTACT),
        attempt(2, CallResult.ANSWERED, Disposition.PAYMENT, OTHER),
    )
    calls = {NUMBER: (call("t1", refused="486"),), OTHER: (call("t2", "1", "1", "1", minute=1),)}
    return Truth(
        Seen(calls, (Charge("i1", "m1", DUE, "sandbox_1"),)),
        Stored((line(*attempts, due=NOTHING_DUE),), attempts, (alert(AlertState.SETTLED),)),
        customer(NUMBER, OTHER),
    )


def opted_out() -> Truth:
    attempts = (attempt(1, CallResult.ANSWERED, Disposition.DO_NOT_CALL),)
    return Truth(
        Seen({NUMBER: (call("t1", "9"),)}),
        Stored((line(*attempts, suppressed=True),), attempts, (alert(AlertState.SETTLED),)),
        customer(NUMBER),
    )


def hung_up() -> Truth:
    attempts = (attempt(1, CallResult.ANSWERED, Disposition.HUNG_UP),)
    return Truth(
        Seen({NUMBER: (call("t1", ended_by="person", seconds=3),)}),
        Stored((line(*attempts),), attempts, (alert(AlertState.EXHAUSTED),)),
        customer(NUMBER),
    )


def never_called() -> Truth:
    """The customer had opted out before."""
    cancelled = replace(
        attempt(1, CallResult.BUSY, Disposition.NO_CONTACT),
        state=AttemptState.CANCELLED,
        was_dialled=False,
        result="opted_out",
        disposition=None,
    )
    return Truth(
        Seen({}, opted_out_before={"D01"}),
        Stored((line(cancelled, suppressed=True),), (cancelled,), (alert(AlertState.EXHAUSTED),)),
        customer(NUMBER),
    )
