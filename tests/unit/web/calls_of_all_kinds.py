"""Calls that programs at the desks may ask about: placed and come in, up and over, known and unknown."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from functools import partial

from ivr.accounts.contact_point import ContactPoint, Medium
from ivr.alerts.alert import Forwarded
from ivr.calls.call_result import CallResult
from ivr.engine.ports import CallStep, NewCall, Transaction
from ivr.outcomes.response import Response
from tests.contract.samples import alert, new_attempt
from tests.unit.engine.agents_words import Word, hangs_up, says
from tests.unit.engine.conftest import Engine
from tests.unit.engine.scripted import report

HOTLINE, THIRD_PARTYS = "+18005550100", "+12025550188"
CUSTOMERS, ACCOUNTS = ("c1", "c2", "c9"), ("a1", "a2", "a9")
"""The last of each is nobody's."""


async def calls_of_all_kinds(engine: Engine) -> list[str]:
    """Fill the store; return the ids by which the calls are asked for."""
    await engine.find(1, 2)
    first, second = [(await engine.place(await engine.claim())).attempt for _ in range(2)]
    step = CallStep(1, engine.clock(), "open", "said", {"text": "Hello, this is Sample Bank."})
    await engine.store.write(lambda tx: tx.calls.add_steps(first.id, [step]))
    await says(engine, second.id, Word.PROMISE_TO_PAY, key="before")
    await hangs_up(engine, second, Response.REPEATED)
    known, unknown = _rang_in(engine, "known", "+12025550001", "c1"), _rang_in(engine, "unknown", "")
    for call in (known, unknown):
        await engine.store.write(partial(_open, call))
    over = report("unknown", engine.clock(), CallResult.ANSWERED)
    await engine.store.write(lambda tx: tx.calls.close(over))
    third = await engine.store.write(partial(_passed_on, engine, first.alert_id))
    return [first.id, second.id, "story-known", "story-unknown", third]


def _rang_in(engine: Engine, call_id: str, number: str, customer_id: str | None = None) -> NewCall:
    return NewCall(
        id=call_id,
        attempt_id=None,
        direction="inbound",
        number=number,
        trunk="carrier",
        caller_id=HOTLINE,
        flow="toll-free",
        flow_version="f1",
        started_at=engine.clock(),
        customer_id=customer_id,
        story_id=f"story-{call_id}",
    )


def _open(call: NewCall, tx: Transaction) -> None:
    tx.calls.open(call)


def _passed_on(engine: Engine, alert_id: str, tx: Transaction) -> str:
    """Let a customer have passed their alert on to somebody who is on the line."""
    now = engine.clock()
    point = ContactPoint("theirs", "c1", Medium.VOICE, THIRD_PARTYS, third_party=True)
    passed_on = replace(
        alert(1, key="passed-on"),
        expires_at=now + timedelta(days=7),
        forwarded=Forwarded(alert_id, point.id, None),
    )
    tx.customers.add_third_party(point)
    tx.alerts.add(passed_on)
    new = replace(new_attempt(1, key="passed-on"), contact_point_id=point.id, address=point.address)
    attempt_id = tx.attempts.add(new)
    assert attempt_id is not None
    tx.calls.open(NewCall(attempt_id, attempt_id, "outbound", THIRD_PARTYS, "carrier", None, "x", "f1", now))
    return attempt_id
