"""The end of a call is written once, as a whole."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from ivr.alerts.alert import AlertState
from ivr.attempts.attempt import TERMINAL, AttemptState
from ivr.attempts.next_action import NextAttempt
from ivr.calls.aftermath import Aftermath
from ivr.calls.answered_by import AnsweredBy
from ivr.calls.call_result import CallResult
from ivr.engine.plan_next_attempt import plan_next_attempt
from ivr.engine.ports import Transaction
from ivr.engine.read_models import AnswerScoreLine
from ivr.engine.record_outcome import EndedCall, Verdict, record_outcome
from ivr.errors import FencedError
from ivr.outcomes.response import Effect, Response
from ivr.store.reports import answer_score_lines
from tests.unit.engine.conftest import Engine
from tests.unit.engine.scripted import report

Meant = Sequence[tuple[Response, Mapping[str, object]]]


async def a_call_that_ends(engine: Engine, result: CallResult, meant: Meant = ()) -> EndedCall:
    """Bring an attempt to where its call is over."""
    attempt = (await engine.placed()).attempt
    engine.clock.advance(seconds=30)
    end = report(attempt.id, engine.clock(), result)
    return EndedCall(attempt, engine.world.owner.epoch, end, tuple(meant), (), "v1")


async def record(engine: Engine, ended: EndedCall) -> bool:
    return await engine.store.write(
        lambda tx: record_outcome(
            tx, engine.contents, engine.world.messaging, ("history",), ended, engine.clock()
        )
    )


async def test_the_second_telling_of_an_end_changes_nothing(engine: Engine) -> None:
    ended = await a_call_that_ends(engine, CallResult.BUSY)
    assert await record(engine, ended)
    before = await engine.attempts()
    assert not await record(engine, ended)
    assert await engine.attempts() == before
    entries = await engine.store.read(lambda tx: tx.outcomes.due_entries(engine.clock(), 10))
    assert len(entries) == 1


@pytest.mark.parametrize("result", CallResult)
async def test_after_every_way_a_call_can_end_the_matter_goes_on_or_is_over_and_never_both(
    engine: Engine, result: CallResult
) -> None:
    ended = await a_call_that_ends(engine, result)
    await record(engine, ended)
    await assert_goes_on_or_is_over(engine, ended)


@pytest.mark.parametrize("response", Response)
async def test_after_everything_a_person_can_mean_the_matter_goes_on_or_is_over_and_never_both(
    engine: Engine, response: Response
) -> None:
    ended = await a_call_that_ends(engine, CallResult.ANSWERED, [(response, {})])
    await record(engine, ended)
    await assert_goes_on_or_is_over(engine, ended)
    is_settled = await engine.alert_state(ended.attempt.alert_id) == "settled"
    assert is_settled == (response.effect is Effect.SETTLING)


async def next_due(engine: Engine, *meant: tuple[Response, Mapping[str, object]]) -> datetime:
    ended = await a_call_that_ends(engine, CallResult.ANSWERED, meant)
    await record(engine, ended)
    await assert_goes_on_or_is_over(engine, ended)
    [waiting] = await engine.attempts(AttemptState.READY)
    return waiting.due_at


async def test_who_asked_to_be_called_back_at_a_moment_is_called_then(engine: Engine) -> None:
    at = "2026-03-02T15:30:00-05:00"
    assert await next_due(engine, (Response.CALLBACK_REQUESTED, {"moment": at})) == datetime.fromisoformat(at)


async def test_who_named_no_moment_is_called_when_the_retry_rule_says(engine: Engine) -> None:
    due_at = await next_due(engine, (Response.CALLBACK_REQUESTED, {}))
    assert due_at == engine.clock() + timedelta(hours=1)


@pytest.mark.parametrize("moment", [{"moment": "2026-03-02T15:30:00-05:00"}, {}])
async def test_call_later_binds_the_alert_and_nothing_of_it_is_planned_before(
    engine: Engine, moment: Mapping[str, object]
) -> None:
    due_at = await next_due(engine, (Response.CALL_LATER, moment))
    [alert] = await engine.store.read(lambda tx: tx.alerts.open_alerts())
    assert alert.deferred_until == due_at, "without a moment it is that of the retry rule"

    def plan_anew(tx: Transaction) -> NextAttempt | None:
        tx.attempts.cancel_ready(alert.id, engine.clock(), "settled")
        tx.alerts.end(alert.id, AlertState.SETTLED, "paid", engine.clock())
        reopened = tx.alerts.reopen(alert.id, alert.expires_at)
        assert reopened is not None
        return plan_next_attempt(tx, engine.contents, reopened, engine.clock())

    sooner = await engine.store.write(plan_anew)
    assert sooner is not None
    assert sooner.due_at < due_at
    assert [each.due_at for each in await engine.attempts(AttemptState.READY)] == [due_at]


async def test_the_moment_that_was_asked_for_last_is_the_one_that_counts(engine: Engine) -> None:
    meant = [(Response.CALLBACK_REQUESTED, {"moment": "2026-03-02T15:30:00-05:00"})]
    ended = await a_call_that_ends(engine, CallResult.ANSWERED, meant)
    next_week = engine.clock() + timedelta(days=7)
    await engine.store.write(lambda tx: tx.alerts.defer(ended.attempt.alert_id, next_week))
    await record(engine, ended)
    [waiting] = await engine.attempts(AttemptState.READY)
    [alert] = await engine.store.read(lambda tx: tx.alerts.open_alerts())
    assert waiting.due_at == alert.deferred_until == datetime.fromisoformat("2026-03-02T15:30:00-05:00")


async def test_who_settled_the_matter_after_all_is_not_called_back(engine: Engine) -> None:
    meant = [(Response.CALLBACK_REQUESTED, {"moment": "2026-03-02T15:30:00-05:00"}), (Response.PAID, {})]
    ended = await a_call_that_ends(engine, CallResult.ANSWERED, meant)
    await record(engine, ended)
    assert await engine.attempts(AttemptState.READY) == []


async def assert_goes_on_or_is_over(engine: Engine, ended: EndedCall) -> None:
    attempts = await engine.attempts()
    waiting = [attempt for attempt in attempts if attempt.state is AttemptState.READY]
    assert all(attempt.state in TERMINAL for attempt in attempts if attempt not in waiting)
    is_open = await engine.alert_state(ended.attempt.alert_id) == "open"
    assert len(waiting) == (1 if is_open else 0)
    assert all(attempt.due_at > engine.clock() - timedelta(seconds=1) for attempt in waiting)


async def test_an_older_owner_writes_nothing(engine: Engine) -> None:

    ended = await a_call_that_ends(engine, CallResult.BUSY)
    with pytest.raises(FencedError):
        await record(engine, replace(ended, epoch=ended.epoch - 1))
    assert (await engine.attempt(ended.attempt.id)).state is AttemptState.PLACING


async def test_a_verdict_is_scored_once_and_a_message_that_was_left_is_no_contact_with_anybody(
    engine: Engine,
) -> None:
    ended = await a_call_that_ends(engine, CallResult.ANSWERED)
    heard = Verdict(AnsweredBy.MACHINE, Aftermath.NO_KEY)
    report = replace(ended.report, answered_by=AnsweredBy.MACHINE)
    ended = replace(ended, report=report, verdict=heard, message_left=True)
    assert await record(engine, ended)
    assert not await record(engine, ended)
    [attempt] = [each for each in await engine.attempts() if each.id == ended.attempt.id]
    assert attempt.disposition == "message_left"
    scores = await engine.store.read(answer_score_lines)
    assert scores == [AnswerScoreLine("carrier", AnsweredBy.MACHINE, Aftermath.NO_KEY, 1)]
