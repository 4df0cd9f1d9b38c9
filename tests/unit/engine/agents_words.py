"""An agent has a call, and says how it ended."""

from __future__ import annotations

from typing import Any

from ivr.accounts.hold import HoldKind
from ivr.attempts.attempt import Attempt
from ivr.calls.call_result import CallResult
from ivr.engine.ports import ToldDisposition
from ivr.engine.record_disposition import AgentWord, record_disposition
from ivr.engine.record_outcome import EndedCall, record_outcome
from ivr.outcomes.agent_disposition import AgentDisposition
from ivr.outcomes.response import Response
from tests.contract.samples import alert, new_attempt
from tests.unit.engine.conftest import Engine
from tests.unit.engine.scripted import report

Word = AgentDisposition
Meant = tuple[tuple[Response, dict[str, object]], ...]
MOMENT = "2026-03-04T15:30:00-05:00"
DETAILS: dict[Word, dict[str, Any]] = {
    Word.PROMISE_TO_PAY: {"amount_minor": 5_000, "currency": "USD", "on": "2026-03-10"},
    Word.CALLBACK: {"moment": MOMENT},
}


async def connected(engine: Engine) -> Attempt:
    """Bring a customer who owes 123.45 USD to an agent; the call is up."""
    return (await engine.placed()).attempt


async def hangs_up(engine: Engine, attempt: Attempt, *meant: Response) -> None:
    """Let the call end; by default all that the customer meant was to talk to an agent."""
    engine.clock.advance(seconds=300)
    end = report(attempt.id, engine.clock(), CallResult.ANSWERED)
    responses: Meant = tuple((each, {}) for each in (*meant, Response.TRANSFERRED))
    ended = EndedCall(attempt, engine.world.owner.epoch, end, responses, (), "v1")
    await engine.store.write(
        lambda tx: record_outcome(tx, engine.contents, engine.world.messaging, (), ended, engine.clock())
    )


async def says(
    engine: Engine, call_id: str, disposition: Word, key: str = "k1", **more: Any
) -> ToldDisposition:
    details = more.pop("details", DETAILS.get(disposition, {}))
    word = AgentWord(call_id, "crm", key, "ben", disposition, details, **more)
    return await engine.store.write(
        lambda tx: record_disposition(
            tx, engine.contents, engine.world.messaging, ("history",), word, engine.clock()
        )
    )


async def holds(engine: Engine) -> list[tuple[HoldKind, str | None, str | None]]:
    found = await engine.store.read(lambda tx: tx.holds.of(["c1"]))
    return [(hold.kind, hold.account_id, hold.topic) for hold in found]


async def another_matter(engine: Engine) -> str:
    """Let the same customer have another alert with an attempt that waits."""

    def work(tx: Any) -> None:
        tx.alerts.add(alert(1, key="other"))
        tx.attempts.add(new_attempt(1, key="other"))

    await engine.store.write(work)
    return "alert1other"
