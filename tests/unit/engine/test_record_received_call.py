"""What a caller meant settles, moves or puts off the matter it was about, with the end of the call."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
import sqlalchemy as sa

from ivr.alerts.alert import AlertState
from ivr.calls.call_result import CallResult
from ivr.engine.by_matter import Responses, by_matter
from ivr.engine.caller import find_caller
from ivr.engine.carry_out_effect import carry_out_effect
from ivr.engine.host import Host
from ivr.engine.messaging import Messaging
from ivr.engine.reconcile_received_calls import reconcile_received_calls
from ivr.engine.record_disposition import AgentWord, record_disposition
from ivr.engine.record_outcome import EndedCall, record_outcome
from ivr.engine.record_received_call import RETURNED_CALL_REST, ReceivedCall, record_received_call
from ivr.engine.world import Evidence
from ivr.flows.effects import RequestCallback
from ivr.flows.on_the_line import OnTheLine, Party
from ivr.flows.state import Phase, SessionState, dump_state
from ivr.outcomes.agent_disposition import AgentDisposition
from ivr.outcomes.response import Response
from ivr.phone_number import PhoneNumber
from ivr.prompts.content_tier import ContentTier
from ivr.store.tables.alerts import alerts
from ivr.store.tables.calls import call_alerts
from tests.contract.samples import record
from tests.unit.engine.conftest import Engine
from tests.unit.engine.scripted import HEARD, keys, report
from tests.unit.engine.toll_free import (
    BIRTH_DATE,
    MARIAS,
    PROVED,
    WRONG,
    calls_in,
    has_another_matter,
    maria,
    opened,
    owes,
    ready,
    the_alerts,
    the_outcomes,
)


async def missed_our_call(engine: Engine) -> None:
    """Call Maria, who is busy: another attempt waits for its time."""
    facts = await engine.placed()
    await engine.store.write(lambda tx: tx.customers.put(maria()))
    busy = EndedCall(
        facts.attempt,
        engine.world.owner.epoch,
        report(facts.attempt.id, engine.clock(), CallResult.BUSY),
        (),
        (),
        "f1",
    )
    await engine.store.write(
        lambda tx: record_outcome(tx, engine.contents, engine.world.messaging, (), busy, engine.clock())
    )


TOLD = (*PROVED, HEARD, HEARD)
"""The matter was told."""


async def test_who_settles_it_is_called_no_more(engine: Engine) -> None:
    await owes(engine)
    [alert] = await the_alerts(engine)
    await calls_in(engine, *TOLD, *keys("4"), HEARD)
    ended = await engine.store.read(lambda tx: tx.connection.execute(sa.select(alerts)).one())
    assert (ended.state, ended.end_reason) == (AlertState.SETTLED, "already_paid")
    assert await ready(engine) == []
    [outcome] = await the_outcomes(engine)
    assert (outcome.alert_id, outcome.attempt_id, outcome.call_id) == (alert.id, None, "call-1")
    about = await engine.store.read(lambda tx: tx.connection.execute(sa.select(call_alerts)).all())
    assert [(row.alert_id, row.role) for row in about] == [(alert.id, "primary")]


async def test_who_was_told_and_leaves_it_open_is_left_alone_for_a_day(engine: Engine) -> None:
    await owes(engine)
    await calls_in(engine, *TOLD)
    [attempt] = await ready(engine)
    assert attempt.due_at == engine.clock() + RETURNED_CALL_REST
    [outcome] = await the_outcomes(engine)
    assert outcome.disposition == "right_party_contact"


async def test_who_does_not_prove_to_be_the_customer_changes_nothing(engine: Engine) -> None:
    await owes(engine)
    before = await ready(engine)
    call = await calls_in(engine, HEARD, *keys("1"), *keys(WRONG), HEARD, *keys(WRONG), HEARD, *keys(WRONG))
    assert not any("payment" in words for words in call.said)
    assert await ready(engine) == before
    assert await the_outcomes(engine) == []


async def test_each_matter_has_what_was_meant_about_it(engine: Engine) -> None:
    await owes(engine)
    second = await has_another_matter(engine)
    [first] = [alert for alert in await the_alerts(engine) if alert.id != second.id]
    await calls_in(engine, *TOLD, *keys("4"), HEARD, *keys("1"), HEARD, *keys("5"))
    found = {row.alert_id: row.responses for row in await the_outcomes(engine)}
    assert [name for name, _ in found[first.id]] == ["already_paid"]
    assert "already_paid" not in [name for name, _ in found[second.id]]
    assert [alert.id for alert in await the_alerts(engine)] == [second.id]


async def test_whoever_returns_a_missed_call_is_not_called_about_it_for_a_day(engine: Engine) -> None:
    await missed_our_call(engine)
    call = await calls_in(engine, HEARD)
    assert "Yes, that was us: we have called this number lately." in call.said
    assert not any("payment" in words or "Maria" in words for words in call.said)
    [attempt] = await ready(engine)
    assert attempt.due_at == engine.clock() + RETURNED_CALL_REST
    assert [row.call_id for row in await the_outcomes(engine)] == [None], "nothing beside that she was busy"


async def test_after_a_week_nobody_can_mean_that_call(engine: Engine) -> None:
    await missed_our_call(engine)
    engine.clock.advance(days=8)
    [before] = await ready(engine)
    call = await calls_in(engine, HEARD)
    assert not any("that was us" in words for words in call.said)
    assert await ready(engine) == [before]


async def test_what_is_settled_in_another_call_is_not_planned_again(engine: Engine) -> None:
    facts = await engine.placed()
    await engine.store.write(lambda tx: tx.customers.put(maria()))
    await calls_in(engine, *TOLD, *keys("4"), HEARD)
    hung_up = EndedCall(
        facts.attempt,
        engine.world.owner.epoch,
        report(facts.attempt.id, engine.clock(), CallResult.ANSWERED),
        ((Response.HUNG_UP, {}),),
        (),
        "f1",
    )
    now, contents = engine.clock(), engine.contents
    await engine.store.write(lambda tx: tx.attempts.in_progress(facts.attempt.id, hung_up.epoch, now))
    assert await engine.store.write(lambda tx: record_outcome(tx, contents, Messaging(), (), hung_up, now))
    assert await ready(engine) == []
    assert await the_alerts(engine) == []


async def test_the_end_of_a_call_that_nobody_saw_settles_as_well(engine: Engine) -> None:
    await owes(engine)
    [alert] = await the_alerts(engine)
    await calls_in(engine, *TOLD, *keys("4"), HEARD)
    assert await reconcile_received_calls(engine.world, engine.contents, live=()) == 0
    engine.records.known = {"call-1": Evidence(None, was_dialled=True, report=None)}
    assert (await engine.store.read(lambda tx: tx.alerts.get(alert.id))).state is AlertState.SETTLED
    assert len(await the_outcomes(engine)) == 1, "and once"


async def test_a_number_of_several_customers_leads_to_a_reference_only(engine: Engine) -> None:
    await owes(engine)
    await engine.store.write(lambda tx: tx.customers.put(record(2, MARIAS)))
    call = await calls_in(engine, HEARD)
    assert "If you have a reference number from us, press 2." in call.said
    assert not any("why we called" in words for words in call.said)


@pytest.mark.parametrize("withheld", ["anonymous", ""])
async def test_who_withholds_the_number_may_key_in_a_reference(engine: Engine, withheld: str) -> None:
    await owes(engine)
    [alert] = await the_alerts(engine)
    pressed = (*keys("2"), *keys(str(alert.reference)), *keys(BIRTH_DATE), HEARD, *keys("4"))
    await calls_in(engine, HEARD, *pressed, HEARD, number=withheld)
    assert await the_alerts(engine) == []


async def test_outside_the_agents_hours_callers_hear_when_these_begin(engine: Engine) -> None:
    engine.clock.advance(seconds=timedelta(hours=13).total_seconds())
    call = await calls_in(engine, HEARD, *keys("3"), HEARD)
    assert "Our agents are not here at this hour." in call.said
    assert not any(words.startswith("transfer") for words in call.said)


def test_responses_belong_to_the_matter_that_was_open() -> None:
    in_order = (Response.REPEATED, Response.PAID, Response.HUNG_UP)
    meant: Responses = tuple((response, {}) for response in in_order)
    state = SessionState(
        "f", "1", "n", Phase.OVER, "en", responses=meant, matters=(("a", 1), ("b", 2), ("a", 3))
    )
    before, found = by_matter(state)
    assert [response for response, _ in before] == [Response.REPEATED]
    assert {name: [r for r, _ in each] for name, each in found.items()} == {
        "a": [Response.PAID],
        "b": [Response.HUNG_UP],
    }


def test_without_a_matter_nothing_belongs_to_one() -> None:
    state = SessionState("f", "1", "n", Phase.OVER, "en", responses=((Response.HUNG_UP, {}),))
    assert by_matter(state) == (state.responses, {})


ANOTHERS = PhoneNumber("+12025550777")


async def keyed_marias_reference(engine: Engine, tier: ContentTier) -> SessionState:
    """Return where a talk stands whose caller keyed the reference of Maria's matter."""
    [alert] = await engine.store.read(lambda tx: tx.alerts.open_of("c1"))
    line = OnTheLine(led_to=Party("c1", "a1", alert.id, alert.topic), tier=tier)
    return SessionState("toll-free", "1", "n", Phase.EFFECT, "en", line=line)


async def is_to_be_called_back(
    engine: Engine, number: PhoneNumber | None, state: SessionState, minutes: int = 90
) -> str:
    """Let somebody ask for a call-back and hang up, as the flow and the engine do; return the result."""
    call = await opened(engine, number=number or "")
    caller = await engine.store.read(lambda tx: find_caller(tx, number))
    state = replace(state, line=replace(state.line, number=number, at_first=caller.party))
    host = Host(engine.world, engine.contents, call)
    done = await carry_out_effect(host, RequestCallback(1, minutes, None), state)
    assert done is not None
    if done.result == "done":
        details = {"moment": done.values["moment"].isoformat()}  # type: ignore[attr-defined]
        state = replace(state, responses=((Response.CALLBACK_REQUESTED, details),))
    new = await engine.store.read(lambda tx: tx.calls.get(call.call_id))
    assert new is not None
    ended = ReceivedCall(new, caller, call.end, state, ())
    now, contents = engine.clock(), engine.contents
    assert await engine.store.write(
        lambda tx: record_received_call(tx, contents, Messaging(), (), ended, now)
    )
    return done.result


async def due(engine: Engine, customer_id: str) -> datetime:
    [attempt] = [each for each in await ready(engine) if each.customer_id == customer_id]
    return attempt.due_at  # type: ignore[no-any-return]


async def test_who_only_keyed_a_reference_is_promised_no_call_back(engine: Engine) -> None:
    await owes(engine)
    before = await due(engine, "c1")
    state = await keyed_marias_reference(engine, ContentTier.ANYONE)
    assert await is_to_be_called_back(engine, None, state) == "failed"
    assert await due(engine, "c1") == before


async def test_who_only_keyed_a_reference_puts_off_no_call_to_whose_telephone_it_is(engine: Engine) -> None:
    await engine.store.write(lambda tx: tx.customers.put(record(2, ANOTHERS)))
    await owes(engine)
    before = [await due(engine, each) for each in ("c1", "c2")]
    state = await keyed_marias_reference(engine, ContentTier.ANYONE)
    assert await is_to_be_called_back(engine, ANOTHERS, state) == "failed"
    assert [await due(engine, each) for each in ("c1", "c2")] == before


async def test_who_keyed_the_reference_of_their_own_matter_is_called_back_about_it(engine: Engine) -> None:
    await owes(engine)
    state = await keyed_marias_reference(engine, ContentTier.ANYONE)
    assert await is_to_be_called_back(engine, PhoneNumber(MARIAS), state) == "done"
    assert await due(engine, "c1") == engine.clock() + timedelta(minutes=90)


@pytest.mark.parametrize("number", [None, ANOTHERS])
async def test_the_call_back_of_who_proved_to_be_them_is_theirs(
    engine: Engine, number: PhoneNumber | None
) -> None:
    await engine.store.write(lambda tx: tx.customers.put(record(2, ANOTHERS)))
    await owes(engine)
    before = await due(engine, "c2")
    state = await keyed_marias_reference(engine, ContentTier.VERIFIED)
    assert await is_to_be_called_back(engine, number, state) == "done"
    assert await due(engine, "c1") == engine.clock() + timedelta(minutes=90)
    assert await due(engine, "c2") == before


@pytest.mark.parametrize("is_opened", [False, True])
async def test_the_call_back_is_at_the_moment_that_was_promised_whatever_was_put_off_before(
    engine: Engine, is_opened: bool
) -> None:
    await owes(engine)
    state = await keyed_marias_reference(engine, ContentTier.VERIFIED)
    [alert] = await the_alerts(engine)
    if is_opened:
        state = replace(state, matters=((alert.id, 0),))
    next_week = engine.clock() + timedelta(days=7)
    await engine.store.write(lambda tx: tx.alerts.defer(alert.id, next_week))
    assert await is_to_be_called_back(engine, PhoneNumber(MARIAS), state) == "done"
    [alert] = await the_alerts(engine)
    moment = engine.clock() + timedelta(minutes=90)
    assert (alert.deferred_until, await due(engine, "c1")) == (moment, moment)


async def talked_with_an_agent(
    engine: Engine, word: AgentDisposition | None, *meant: Response, account_id: str | None = None
) -> None:
    """Let Maria, whose matter was taken up, talk with an agent, who says what came of it, and hang up."""
    state = await keyed_marias_reference(engine, ContentTier.VERIFIED)
    [alert] = await the_alerts(engine)
    responses: Responses = tuple((each, {}) for each in (*meant, Response.TRANSFERRED))
    state = replace(state, matters=((alert.id, 0),), responses=responses)
    call = await opened(engine, customer_id="c1")
    new = await engine.store.read(lambda tx: tx.calls.get(call.call_id))
    caller = await engine.store.read(lambda tx: find_caller(tx, PhoneNumber(MARIAS)))
    assert new is not None
    saved = dump_state(state)
    await engine.store.write(lambda tx: tx.calls.save_checkpoint(new.id, saved, engine.clock()))
    ended, contents, now = ReceivedCall(new, caller, call.end, state, ()), engine.contents, engine.clock()
    if word is not None:
        details = {"moment": MOMENT} if word is AgentDisposition.CALLBACK else {}
        said = AgentWord(new.asked_for_as, "crm", "k1", "ben", word, details, account_id=account_id)
        await engine.store.write(lambda tx: record_disposition(tx, contents, Messaging(), (), said, now))
    assert await engine.store.write(
        lambda tx: record_received_call(tx, contents, Messaging(), (), ended, now)
    )


@pytest.mark.parametrize("account_id", [None, "a1"])
async def test_a_matter_that_the_agent_leaves_open_goes_on_after_a_rest(
    engine: Engine, account_id: str | None
) -> None:
    await owes(engine)
    await talked_with_an_agent(engine, AgentDisposition.UNRESOLVED, account_id=account_id)
    assert len(await the_alerts(engine)) == 1
    assert await due(engine, "c1") == engine.clock() + RETURNED_CALL_REST


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        (None, ()),
        (AgentDisposition.RESOLVED, ()),
        (AgentDisposition.UNRESOLVED, (Response.ALREADY_PAID,)),
    ],
)
async def test_a_matter_is_settled_by_the_way_to_the_agent_unless_nothing_else_settles_it_and_they_say_no(
    engine: Engine, word: AgentDisposition | None, meant: tuple[Response, ...]
) -> None:
    await owes(engine)
    account_id = "a1" if word is AgentDisposition.RESOLVED else None
    await talked_with_an_agent(engine, word, *meant, account_id=account_id)
    assert (await the_alerts(engine), await ready(engine)) == ([], [])


async def test_what_the_agent_leaves_open_of_another_account_leaves_this_one_settled(engine: Engine) -> None:
    await owes(engine)
    another = replace(maria().accounts[0], id="a1-second")
    await engine.store.write(
        lambda tx: tx.customers.put(replace(maria(), accounts=[*maria().accounts, another]))
    )
    await talked_with_an_agent(engine, AgentDisposition.UNRESOLVED, account_id="a1-second")
    assert (await the_alerts(engine), await ready(engine)) == ([], [])


MOMENT = "2026-03-04T15:30:00-05:00"


async def says_afterwards(engine: Engine, word: AgentDisposition, key: str = "k2") -> None:
    """Let the agent say something of the call when it is over."""
    details = {"moment": MOMENT} if word is AgentDisposition.CALLBACK else {}
    calls = await engine.store.read(lambda tx: tx.calls.get("call-1"))
    assert calls is not None
    said = AgentWord(calls.asked_for_as, "crm", key, "ben", word, details)
    await engine.store.write(
        lambda tx: record_disposition(tx, engine.contents, Messaging(), (), said, engine.clock())
    )


@pytest.mark.parametrize(
    ("word", "due_at"),
    [
        (AgentDisposition.UNRESOLVED, None),
        (AgentDisposition.CALLBACK, datetime.fromisoformat(MOMENT)),
    ],
)
async def test_a_word_after_the_end_opens_the_matter_of_a_caller_again(
    engine: Engine, word: AgentDisposition, due_at: datetime | None
) -> None:
    await owes(engine)
    await talked_with_an_agent(engine, None)
    assert (await the_alerts(engine), await ready(engine)) == ([], [])
    await says_afterwards(engine, word)
    [alert] = await the_alerts(engine)
    assert alert.cycle == 2
    assert await due(engine, "c1") == (due_at or engine.clock() + RETURNED_CALL_REST)


async def test_a_call_back_said_during_the_call_of_a_caller_is_kept_to(engine: Engine) -> None:
    await owes(engine)
    await talked_with_an_agent(engine, AgentDisposition.CALLBACK)
    assert await due(engine, "c1") == datetime.fromisoformat(MOMENT)
    [alert] = await the_alerts(engine)
    assert alert.deferred_until == datetime.fromisoformat(MOMENT)


@pytest.mark.parametrize("meant", [(), (Response.ALREADY_PAID,)])
async def test_a_late_word_opens_nothing_that_was_settled_otherwise(
    engine: Engine, meant: tuple[Response, ...]
) -> None:
    await owes(engine)
    [alert] = await the_alerts(engine)
    await talked_with_an_agent(engine, None, *meant)
    if not meant:  # it is settled once more, later
        now = engine.clock()
        await engine.store.write(lambda tx: tx.alerts.reopen(alert.id, now + timedelta(days=5)))
        await engine.store.write(lambda tx: tx.alerts.end(alert.id, AlertState.SETTLED, "paid", now))
    await says_afterwards(engine, AgentDisposition.UNRESOLVED)
    assert (await the_alerts(engine), await ready(engine)) == ([], [])
