"""After a crash nobody is called twice and nobody is forgotten: what becomes of each attempt."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from ivr.attempts.attempt import Attempt, AttemptState
from ivr.calls.call_report import CallReport
from ivr.calls.call_result import CallResult
from ivr.calls.hangup_cause import HangupCause
from ivr.engine.content import Contents
from ivr.engine.reconcile_calls import LOOKS, Fate, fate_of, reconcile_calls
from ivr.engine.world import Evidence, World
from tests.contract.samples import NOW
from tests.unit.engine.after_a_crash.conftest import (
    BEGUN,
    NEVER_DIALLED,
    NOTHING_KNOWN,
    Switch,
    live_call,
    placing_attempt,
)


def report(attempt: Attempt, result: CallResult = CallResult.BUSY) -> CallReport:
    return CallReport(attempt.id, result, HangupCause(17, ""), NOW, NOW + timedelta(seconds=3))


class Kept:
    """The calls that go on."""

    def __init__(self) -> None:
        self.names: list[str] = []

    def __call__(self, task: asyncio.Task[None]) -> None:
        self.names.append(task.get_name())
        task.cancel()


async def state_of(world: World, attempt: Attempt) -> AttemptState:
    return (await world.store.read(lambda tx: tx.attempts.get(attempt.id))).state


async def test_every_doubt_is_unknown(world: World) -> None:
    attempt = await placing_attempt(world)
    gap = replace(NEVER_DIALLED, since=NOW + timedelta(seconds=1))

    assert fate_of(attempt, NOTHING_KNOWN) is Fate.UNKNOWN
    assert fate_of(attempt, BEGUN) is Fate.UNKNOWN
    assert fate_of(attempt, gap) is Fate.UNKNOWN
    assert fate_of(attempt, replace(NEVER_DIALLED, since=attempt.placing_at)) is Fate.UNKNOWN
    assert fate_of(attempt, NEVER_DIALLED) is Fate.NOT_DIALLED


async def test_what_was_answered_is_never_dialled_anew_and_never_in_doubt(world: World) -> None:
    attempt = replace(await placing_attempt(world), state=AttemptState.IN_PROGRESS)

    for evidence in (NOTHING_KNOWN, BEGUN, NEVER_DIALLED):
        assert fate_of(attempt, evidence) is Fate.ANSWERED_AND_OVER
    assert fate_of(attempt, replace(BEGUN, report=report(attempt))) is Fate.ENDED


@pytest.mark.parametrize(
    ("evidence", "state", "looks"),
    [
        (NEVER_DIALLED, AttemptState.READY, 1),
        (BEGUN, AttemptState.UNKNOWN, LOOKS),
        (NOTHING_KNOWN, AttemptState.UNKNOWN, LOOKS),
    ],
    ids=["never dialled", "begun, no end", "no records"],
)
async def test_the_ledger_says_what_the_switch_shows(
    world: World, contents: Contents, switch: Switch, evidence: Evidence, state: AttemptState, looks: int
) -> None:
    attempt = await placing_attempt(world)
    switch.evidence_by_call[attempt.id] = evidence

    await reconcile_calls(world, contents, [attempt], [], Kept())

    assert await state_of(world, attempt) is state
    assert switch.looks == looks


async def test_a_call_that_ended_unheard_is_recorded_and_retried(
    world: World, contents: Contents, switch: Switch
) -> None:
    attempt = await placing_attempt(world)
    switch.evidence_by_call[attempt.id] = replace(BEGUN, report=report(attempt))

    await reconcile_calls(world, contents, [attempt], [], Kept())

    history = await world.store.read(lambda tx: tx.attempts.history(attempt.alert_id, 1))
    assert [(each.state, each.result) for each in history] == [
        (AttemptState.CLOSED, "busy"),
        (AttemptState.READY, None),
    ]


async def test_nothing_follows_on_a_doubt(world: World, contents: Contents) -> None:
    attempt = await placing_attempt(world)

    await reconcile_calls(world, contents, [attempt], [], Kept())

    history = await world.store.read(lambda tx: tx.attempts.history(attempt.alert_id, 1))
    assert [each.state for each in history] == [AttemptState.UNKNOWN]


async def test_a_call_that_is_up_goes_on_and_the_records_are_not_asked(
    world: World, contents: Contents, switch: Switch
) -> None:
    attempt, kept = await placing_attempt(world), Kept()

    reconciled = await reconcile_calls(world, contents, [attempt], [live_call(attempt.id)], kept)

    assert reconciled.fates == {attempt.id: Fate.LIVES}
    assert kept.names == [attempt.id]
    assert switch.looks == 0


async def test_a_call_that_comes_up_while_we_look_goes_on_too(
    world: World, contents: Contents, switch: Switch
) -> None:
    """The last engine's request was still under way at the switch when it died."""
    attempt, kept = await placing_attempt(world), Kept()
    switch.evidence_by_call[attempt.id] = BEGUN
    switch.appearing = [[], [live_call(attempt.id)]]

    reconciled = await reconcile_calls(world, contents, [attempt], [], kept)

    assert reconciled.fates == {attempt.id: Fate.LIVES}
    assert kept.names == [attempt.id]
    assert await state_of(world, attempt) is AttemptState.PLACING


async def test_a_call_without_an_attempt_is_ended(world: World, contents: Contents) -> None:
    stranger = live_call("nobody's")

    await reconcile_calls(world, contents, [], [stranger], Kept())

    stranger.hang_up.assert_awaited_once()  # type: ignore[attr-defined]


async def test_one_attempt_that_goes_wrong_costs_no_other(
    world: World, contents: Contents, switch: Switch
) -> None:
    attempt = await placing_attempt(world)
    switch.evidence_by_call[attempt.id] = NEVER_DIALLED
    missing = replace(attempt, id="gone")
    switch.evidence_by_call["gone"] = replace(BEGUN, report=report(missing))

    await reconcile_calls(world, contents, [missing, attempt], [], Kept())

    assert await state_of(world, attempt) is AttemptState.READY
