"""Callers of the toll-free number, in the tests of what a call that comes in does."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa

from ivr.alerts.alert import Alert
from ivr.attempts.attempt import AttemptState
from ivr.calls.call_result import CallResult
from ivr.engine.plan_next_attempt import plan_next_attempt
from ivr.engine.ports import CustomerRecord, NewCall
from ivr.engine.receive_call import receive_call
from ivr.engine.reception import Reception
from ivr.engine.telephony import IncomingCall
from ivr.flows.events import FlowEvent
from ivr.store.tables.outcomes import outcomes
from ivr.store.transaction import SqlTransaction
from tests.contract.samples import alert, record
from tests.unit.engine.conftest import Engine
from tests.unit.engine.scripted import HEARD, ScriptedCall, keys, report

HOTLINE, MARIAS = "+18005550100", "+12025550001"
TOLL_FREE = Reception({HOTLINE: "toll-free"}, "US", 600)
BIRTH_DATE, WRONG = "07311985", "01021999"

PROVED: tuple[FlowEvent | str, ...] = (HEARD, *keys("1"), *keys(BIRTH_DATE))
"""What happens until a caller whose number we know has proved to be the customer."""


def maria() -> CustomerRecord:
    """Return a customer whose birth date we know."""
    someone = record(1, MARIAS)
    return replace(someone, customer=replace(someone.customer, birth_date=date(1985, 7, 31)))


async def owes(engine: Engine) -> None:
    """Take Maria in, and let the rule find her: a call about it waits for its time."""
    await engine.store.write(lambda tx: tx.customers.put(maria()))
    await engine.find()


async def has_another_matter(engine: Engine, rule: str = "payment-overdue", priority: int = 0) -> Alert:
    """Give Maria a second alert, with an attempt of its own."""
    live = engine.contents.live
    second = replace(
        alert(1, "-second"),
        rule=rule,
        content_version=live.version,
        priority=priority,
        reference="123456788",
        created_at=engine.clock() + timedelta(seconds=1),
        expires_at=engine.clock().replace(year=2027),
    )

    def add(tx: SqlTransaction) -> None:
        tx.alerts.add(second)
        plan_next_attempt(tx, engine.contents, replace(second, rule="payment-overdue"), engine.clock())

    await engine.store.write(add)
    return second


async def calls_in(
    engine: Engine,
    *events: FlowEvent | str,
    number: str = MARIAS,
    call_id: str = "call-1",
    reception: Reception = TOLL_FREE,
) -> ScriptedCall:
    """Let somebody call, who is led to the recorded end."""
    call = ScriptedCall(call_id, report(call_id, engine.clock(), CallResult.ANSWERED), list(events))
    incoming = IncomingCall(HOTLINE, number, "carrier")
    assert await receive_call(engine.world, engine.contents, reception, lambda _: None, call, incoming)
    return call


async def opened(engine: Engine, call_id: str = "call-1", number: str = MARIAS, **more: Any) -> ScriptedCall:
    """Write a call down that has come in; return it."""
    flow = engine.contents.live.flows["toll-free"]
    new = NewCall(
        id=call_id,
        attempt_id=None,
        direction="inbound",
        number=number,
        trunk="carrier",
        caller_id=HOTLINE,
        flow=flow.name,
        flow_version=flow.version,
        started_at=engine.clock(),
        content_version=engine.contents.live.version,
        **more,
    )
    await engine.store.write(lambda tx: tx.calls.open(new))
    return ScriptedCall(call_id, report(call_id, engine.clock(), CallResult.ANSWERED))


async def the_alerts(engine: Engine) -> list[Alert]:
    """Return Maria's alerts that are open, the most urgent first."""
    return list(await engine.store.read(lambda tx: tx.alerts.open_of("c1")))


async def the_outcomes(engine: Engine) -> list[Any]:
    """Return the rows of outcomes."""
    return list(await engine.store.read(lambda tx: tx.connection.execute(sa.select(outcomes)).all()))


async def ready(engine: Engine) -> list[Any]:
    """Return the attempts that wait for their time."""
    return await engine.attempts(AttemptState.READY)
