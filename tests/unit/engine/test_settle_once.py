"""Two calls at once about one matter: the first key settles it, the second is told so."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from ivr.alerts.alert import AlertState
from ivr.calls.call_result import CallResult
from ivr.engine.run_flow import Talk, run_flow
from ivr.flows.session import Session
from ivr.outcomes.response import Response
from ivr.store.tables.holds import holds
from ivr.store.tables.promises import promises
from tests.unit.engine.conftest import Engine
from tests.unit.engine.scripted import HEARD, ScriptedCall, keys, report
from tests.unit.engine.toll_free import PROVED, calls_in, opened, owes, the_alerts, the_outcomes
from tests.unit.flows.rehearsal import MARIA, flow_of, for_anyone

TOLD = "This was settled in another call a moment ago, so there is nothing more for you to do."
SETTLES = {"promise": "22", "already paid": "4"}


async def is_settled_by_another_call(engine: Engine) -> str:
    """Let a call that is up settle Maria's matter by a key; return its alert."""
    await owes(engine)
    [alert] = await the_alerts(engine)
    await opened(engine, "another")
    assert await engine.store.write(lambda tx: tx.alerts.claim_settling(alert.id, "another", engine.clock()))
    return alert.id


async def rows(engine: Engine, table: sa.Table) -> int:
    count = sa.select(sa.func.count()).select_from(table)
    return await engine.store.read(lambda tx: tx.connection.execute(count).scalar_one())


async def settles(engine: Engine, pressed: str) -> ScriptedCall:
    """Let Maria prove to be her, settle the matter by these keys, and leave."""
    each = [part for key in pressed for part in (HEARD, *keys(key))]
    return await calls_in(engine, *PROVED, HEARD, HEARD, *each, HEARD)


@pytest.mark.parametrize("pressed", SETTLES.values(), ids=SETTLES.keys())
async def test_a_key_that_comes_late_is_told_so_and_nothing_is_written(engine: Engine, pressed: str) -> None:
    alert_id = await is_settled_by_another_call(engine)
    call = await settles(engine, pressed)
    assert TOLD in call.said
    [outcome] = await the_outcomes(engine)
    meant = [response for response, _ in outcome.responses]
    assert not {"promised", "already_paid"} & set(meant)
    assert (await rows(engine, promises), await rows(engine, holds)) == (0, 0)
    assert await engine.alert_state(alert_id) == "open", "the other call's end is what ends it"


@pytest.mark.parametrize("pressed", SETTLES.values(), ids=SETTLES.keys())
async def test_a_key_that_is_the_first_counts(engine: Engine, pressed: str) -> None:
    await owes(engine)
    [alert] = await the_alerts(engine)
    call = await settles(engine, pressed)
    assert TOLD not in call.said
    assert await engine.alert_state(alert.id) == "settled"


async def test_a_matter_that_ended_on_another_medium_during_the_call_is_told_as_well(engine: Engine) -> None:
    alert_id = await is_settled_by_another_call(engine)
    await engine.store.write(
        lambda tx: tx.alerts.end(alert_id, AlertState.SETTLED, "confirmed", engine.clock())
    )
    call = await settles(engine, "22")
    assert TOLD not in call.said, "it is not even offered"


async def test_a_wish_to_be_left_alone_is_never_too_late(engine: Engine) -> None:
    await is_settled_by_another_call(engine)
    call = await settles(engine, "9")
    assert TOLD not in call.said
    [outcome] = await the_outcomes(engine)
    assert outcome.disposition == "do_not_call"


async def test_who_hangs_up_at_the_review_of_a_recording_settles_nothing_that_was_settled(
    engine: Engine,
) -> None:
    facts = await engine.placed()
    alert_id, call_id = facts.alert.id, facts.attempt.id
    await opened(engine, "another")
    assert await engine.store.write(lambda tx: tx.alerts.claim_settling(alert_id, "another", engine.clock()))
    spoken = for_anyone("speak", "judge")
    nodes = "record: {type: record, prompt: speak, variable: word, response: problem_reported, "
    nodes += "review: {prompt: judge}, next: end, failed: end}\nend: {type: hangup, prompt: judge}\n"
    given = {**MARIA, "alert": {"id": alert_id, "topic": "payments"}}
    engine.recordings.seconds, talk = [4.0], Talk()
    call = ScriptedCall(call_id, report(call_id, engine.clock(), CallResult.ANSWERED), [HEARD, HEARD])
    session = Session(flow_of(nodes, spoken), spoken, given, "en")
    await run_flow(engine.host(call, facts), session, talk, engine.clock())
    assert call.said == ["speak", "judge"]
    assert [response for response, _ in talk.responses] == [Response.HUNG_UP]
