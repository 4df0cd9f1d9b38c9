"""An alert is passed on once, to whom it may be, and as an alert like any other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest

from ivr.accounts.account import Account
from ivr.accounts.suppression import THIRD_PARTY, Suppression
from ivr.alerts.alert import Alert
from ivr.attempts.attempt import Attempt, AttemptState
from ivr.attempts.eligibility.facts import EligibilityFacts
from ivr.attempts.rule_book import RuleBook
from ivr.calls.call_result import CallResult
from ivr.engine.check_eligibility import check_at_claim
from ivr.engine.content import Content, Contents
from ivr.engine.end_talk import end_talk
from ivr.engine.forward_alert import forward_alert, forwarded
from ivr.engine.forward_ways import ways_under
from ivr.engine.place_call import source_of
from ivr.engine.ports import Transaction
from ivr.engine.record_outcome import EndedCall, record_outcome
from ivr.engine.run_flow import Talk
from ivr.engine.start_session import read_facts, start_session
from ivr.flows.compliance import ForwardWay
from ivr.flows.effects import ForwardAlert
from ivr.flows.state import Frame, Phase
from ivr.outcomes.response import Response
from ivr.prompts.content_tier import ContentTier
from ivr.rules.forward_terms import ForwardTerms
from tests.unit.engine.after_a_crash.dying import Killed, Moment, dying
from tests.unit.engine.conftest import LINE, Engine, party_of
from tests.unit.engine.scripted import ScriptedCall, report

SOMEBODY = "+12025550147"
ANOTHER = "+12025550148"
CALIFORNIA = "+14155550123"


def passing_on(content: Content, profile: str = "agreed-contacts", told: str | None = None) -> Contents:
    """Return the shipped content, with a rule that passes its alerts on under a profile."""
    flow = content.flows["payment-overdue"].model_copy(update={"profile": profile})
    rule = content.book.rules["payment-overdue"]
    terms = ForwardTerms(flow="forwarded", retry="forwarded", told=told, per_day=2)
    book = RuleBook(
        {rule.name: rule.model_copy(update={"forward": terms})}, content.book.retry_rules, content.book.hours
    )
    return Contents(replace(content, flows={**content.flows, flow.name: flow}, book=book))


@pytest.fixture
def engine(engine: Engine, content: Content) -> Engine:
    engine.contents = passing_on(content)
    return engine


async def asked(engine: Engine, facts: EligibilityFacts, number: str = SOMEBODY, effect_id: int = 9) -> str:
    """Ask to pass the alert of a call on; return the result."""
    call = ScriptedCall(facts.attempt.id, report(facts.attempt.id, engine.clock(), CallResult.ANSWERED))
    wanted = ForwardAlert(effect_id, number, "r1")
    done = await forward_alert(engine.host(call, facts), facts.alert.id, wanted)
    assert done.effect_id == effect_id
    return done.result


async def passed_on(engine: Engine) -> list[tuple[Attempt, Alert]]:
    """Return the attempts at third parties, each with its alert."""
    ready = await engine.attempts(AttemptState.READY)

    def work(tx: Transaction) -> list[Alert]:
        return [tx.alerts.get(attempt.alert_id) for attempt in ready]

    alerts = await engine.store.read(work)
    return [(attempt, alert) for attempt, alert in zip(ready, alerts, strict=True) if alert.forwarded]


async def test_it_is_an_alert_of_its_own_with_an_attempt_of_the_ledger(engine: Engine) -> None:
    facts = await engine.placed()
    assert await asked(engine, facts) == "done"
    [(attempt, alert)] = await passed_on(engine)
    assert (attempt.address, attempt.attempt_no, attempt.due_at) == (SOMEBODY, 1, engine.clock())
    assert alert.forwarded is not None
    assert (alert.forwarded.alert_id, alert.forwarded.comment) == (facts.alert.id, "r1")
    assert (alert.rule, alert.topic, alert.account_id) == (facts.alert.rule, "payments", facts.account.id)
    assert alert.expires_at == facts.alert.expires_at


async def test_the_same_effect_asked_for_again_passes_nothing_on_a_second_time(engine: Engine) -> None:
    facts = await engine.placed()
    assert [await asked(engine, facts) for _ in range(3)] == ["done", "done", "done"]
    assert len(await passed_on(engine)) == 1


async def test_one_alert_reaches_one_number_once(engine: Engine) -> None:
    facts = await engine.placed()
    assert await asked(engine, facts) == "done"
    assert await asked(engine, facts, effect_id=12) == "refused"
    assert len(await passed_on(engine)) == 1


async def test_so_many_a_day_and_no_more(engine: Engine) -> None:
    facts = await engine.placed()
    numbers = [SOMEBODY, ANOTHER, CALIFORNIA]
    results = [await asked(engine, facts, number, effect) for effect, number in enumerate(numbers)]
    assert results == ["done", "done", "refused"]
    engine.clock.advance(days=1, seconds=1)
    assert await asked(engine, facts, CALIFORNIA, 20) == "done"


@pytest.mark.parametrize("number", ["+19005551234", "+911", "2025550147", "+8816123456789", "+12025550001"])
async def test_what_nobody_dials_and_the_customers_own_number_are_refused(
    engine: Engine, number: str
) -> None:
    facts = await engine.placed()
    assert await asked(engine, facts, number) == "refused"
    assert await passed_on(engine) == []


@pytest.mark.parametrize("topic", [None, "payments"])
async def test_whoever_asked_not_to_be_called_gets_nothing(engine: Engine, topic: str | None) -> None:
    facts = await engine.placed()
    said_no = Suppression(None, SOMEBODY, topic, engine.clock(), THIRD_PARTY)
    await engine.store.write(lambda tx: tx.customers.add_suppression(said_no))
    assert await asked(engine, facts) == "refused"


@pytest.mark.parametrize("profile", ["us-debt-collection", "nowhere"])
async def test_what_the_profile_never_allows_is_refused(
    engine: Engine, content: Content, profile: str
) -> None:
    facts = await engine.placed()
    engine.contents = passing_on(content, profile)
    assert await asked(engine, facts) == "refused"
    assert await passed_on(engine) == []


async def test_nobody_unknown_is_called_under_the_profile_of_the_united_states(
    engine: Engine, content: Content
) -> None:
    facts = await engine.placed()
    engine.contents = passing_on(content, "us-general")
    assert await asked(engine, facts) == "failed", "a link is all it allows, and none is sent yet"
    assert await passed_on(engine) == []
    assert ways_under(engine.contents.live.profiles["us-general"]) == (ForwardWay.LINK,)


async def test_their_call_knows_who_passed_it_on_and_nothing_of_the_account(engine: Engine) -> None:
    facts = await engine.placed()
    await asked(engine, facts)
    [(attempt, _)] = await passed_on(engine)
    theirs = await read_facts(engine.world, attempt.id)
    session = (await start_session(engine.world, engine.contents, theirs)).session
    assert session.flow.name == "forwarded"
    given = session.variables
    known = {"name": "Customer 1", "first_name": "Customer", "language": "en"}
    assert given["customer"] == {"id": None, "segment": None, **known}
    assert given["forward"] == {"comment": "r1", "outcome": None, "way": None}
    assert [given[name] for name in ("account", "payment_method", "promise")] == [None, None, None]
    assert session.at_first.meant is None
    assert (source_of(theirs), source_of(facts)) == (THIRD_PARTY, "keypad")


async def test_an_effect_that_was_open_counts_when_the_alert_is_there(engine: Engine) -> None:
    facts = await engine.placed()
    begun = ForwardAlert(9, SOMEBODY, None)
    assert await forwarded(engine.world, facts.attempt.id, begun) is None
    await asked(engine, facts)
    found = await forwarded(engine.world, facts.attempt.id, begun)
    assert found is not None
    assert found.result == "done"


@pytest.mark.parametrize("is_after", [False, True])
async def test_killed_around_the_one_write_it_is_passed_on_once(engine: Engine, is_after: bool) -> None:
    facts = await engine.placed()
    living = engine.world
    engine.world = dying(living, Moment("write", is_after=is_after))
    with pytest.raises(Killed):
        await asked(engine, facts)
    engine.world = living
    assert len(await passed_on(engine)) == is_after
    assert await asked(engine, facts) == "done"
    assert len(await passed_on(engine)) == 1


@pytest.mark.parametrize("is_after", [False, True])
async def test_a_call_that_ended_while_no_engine_lived_has_passed_on_what_was_written(
    engine: Engine, is_after: bool
) -> None:
    facts = await engine.placed()
    if is_after:
        await asked(engine, facts)
    session = (await start_session(engine.world, engine.contents, facts)).session
    state = session.start().state
    asking = replace(
        state,
        flow="forward",
        flow_version=session.flows["forward"].version,
        node="to-whom-alone",
        frames=(Frame(state.flow, state.flow_version, "menu", {}),),
        phase=Phase.EFFECT,
        effect=ForwardAlert(9, SOMEBODY, "r1"),
        line=state.line.surer(ContentTier.CONFIRMED),
    )
    talk = Talk(asking)
    await end_talk(engine.world, engine.contents, facts.attempt.id, session, talk)
    meant = [response.value for response, _ in talk.responses]
    assert meant == (["forwarded"] if is_after else ["hung_up"])


async def their_call(engine: Engine) -> EligibilityFacts:
    """Let the customer pass the alert on and hang up, and the other telephone ring."""
    facts = await engine.placed()
    assert await asked(engine, facts) == "done"
    await ends(engine, facts, Response.FORWARDED)
    return await engine.place(await engine.claim())


async def ends(
    engine: Engine, facts: EligibilityFacts, *meant: Response, result: CallResult = CallResult.ANSWERED
) -> None:
    """Let a call end with what was meant in it."""
    end = report(facts.attempt.id, engine.clock(), result)
    responses: tuple[tuple[Response, dict[str, object]], ...] = tuple((each, {}) for each in meant)
    ended = EndedCall(facts.attempt, engine.world.owner.epoch, end, responses, (), "v1")
    targets = ("history",)
    await engine.store.write(
        lambda tx: record_outcome(tx, engine.contents, engine.world.messaging, targets, ended, engine.clock())
    )


async def test_the_other_person_says_nothing_for_the_customer(engine: Engine) -> None:
    theirs = await their_call(engine)
    said = (Response.PROMISED, Response.DISPUTED, Response.ALREADY_PAID, Response.STOP_CONTACT)
    await ends(engine, theirs, *said)

    def account(tx: Transaction) -> Account | None:
        return tx.customers.account("a1")

    def said_no(tx: Transaction) -> Sequence[Suppression]:
        return [*tx.customers.suppressions_at("+12025550001"), *tx.customers.suppressions_at(SOMEBODY)]

    known = await engine.store.read(account)
    assert known is not None
    assert known.promise is None
    assert await engine.store.read(lambda tx: tx.holds.of(["c1"])) == []
    [suppression] = await engine.store.read(said_no)
    assert suppression == Suppression(None, SOMEBODY, None, suppression.since, THIRD_PARTY)


async def test_the_history_tells_the_two_apart(engine: Engine) -> None:
    theirs = await their_call(engine)
    await ends(engine, theirs, Response.OPTED_OUT)
    entries = await engine.store.read(lambda tx: tx.outcomes.due_entries(engine.clock(), 10))
    assert theirs.alert.forwarded is not None
    told = [(entry.payload["forwarded_from"], entry.payload["disposition"]) for entry in entries]
    assert told == [(None, "right_party_contact"), (theirs.alert.forwarded.alert_id, "do_not_call")]


async def test_it_goes_by_its_own_retry_rule(engine: Engine) -> None:
    theirs = await their_call(engine)
    await ends(engine, theirs, result=CallResult.BUSY)
    [(attempt, _)] = await passed_on(engine)
    assert (attempt.address, attempt.due_at - engine.clock()) == (SOMEBODY, timedelta(minutes=10))


async def test_who_hangs_up_on_it_is_not_called_again(engine: Engine) -> None:
    theirs = await their_call(engine)
    await ends(engine, theirs, Response.HUNG_UP)
    assert await engine.alert_state(theirs.alert.id) == "exhausted"
    assert await passed_on(engine) == []


async def test_the_hours_are_those_of_the_number(engine: Engine) -> None:
    facts = await engine.placed()
    assert await asked(engine, facts, CALIFORNIA) == "done"
    await ends(engine, facts, Response.FORWARDED)
    theirs, epoch = await engine.claim(), engine.world.owner.epoch
    went = await engine.store.write(
        lambda tx: check_at_claim(tx, engine.contents, LINE, theirs, epoch, engine.clock())
    )
    assert not went, "it is ten in the morning where the customer is, and seven in California"
    put_off = await engine.attempt(theirs.attempt.id)
    assert put_off.due_at - engine.clock() == timedelta(hours=1)


@pytest.mark.parametrize(
    ("meant", "result", "told"),
    [
        (Response.CONFIRMED, CallResult.ANSWERED, "heard"),
        (Response.TRANSFERRED, CallResult.ANSWERED, "agent"),
        (Response.OPTED_OUT, CallResult.ANSWERED, "declined"),
        (Response.HUNG_UP, CallResult.ANSWERED, "not_reached"),
        (Response.HUNG_UP, CallResult.INVALID_NUMBER, "not_reached"),
    ],
)
async def test_the_customer_is_told_what_came_of_it_at_their_own_number(
    engine: Engine, content: Content, meant: Response, result: CallResult, told: str
) -> None:
    engine.contents = passing_on(content, told="forward-told")
    theirs = await their_call(engine)
    await ends(engine, theirs, meant, result=result)
    engine.clock.advance(hours=1)
    facts = await engine.claim()
    assert (facts.attempt.address, facts.alert.tells_of) == ("+12025550001", theirs.alert.id)
    session = (await start_session(engine.world, engine.contents, facts)).session
    assert (session.flow.name, session.variables["forward"]) == (
        "forward-told",
        {"comment": None, "outcome": told, "way": None},
    )
    assert session.at_first.meant == party_of(facts)


async def test_the_customer_is_told_once_and_of_nothing_else(engine: Engine, content: Content) -> None:
    engine.contents = passing_on(content, told="forward-told")
    theirs = await their_call(engine)
    assert await engine.attempts(AttemptState.READY) == [], "it is not over yet"
    await ends(engine, theirs, Response.CONFIRMED)
    await ends(engine, theirs, Response.CONFIRMED)
    engine.clock.advance(hours=1)
    telling = await engine.place(await engine.claim())
    await ends(engine, telling, Response.CONFIRMED)
    assert await engine.attempts(AttemptState.READY) == []


async def test_without_a_flow_that_tells_nobody_is_called_back(engine: Engine) -> None:
    theirs = await their_call(engine)
    await ends(engine, theirs, Response.CONFIRMED)
    assert await engine.attempts(AttemptState.READY) == []


async def test_a_number_that_somebody_called_wrong_is_refused_from_then_on(engine: Engine) -> None:
    theirs = await their_call(engine)
    await ends(engine, theirs, Response.WRONG_NUMBER)
    assert theirs.alert.forwarded is not None
    again = replace(theirs.alert, id="again", dedupe_key="again", forwarded=None)
    await engine.store.write(lambda tx: tx.alerts.add(again))
    call = ScriptedCall("c", report("c", engine.clock(), CallResult.ANSWERED))
    customer = replace(theirs, alert=again)
    done = await forward_alert(engine.host(call, customer), "again", ForwardAlert(1, SOMEBODY))
    assert done.result == "refused"
