"""What an agent is told of a call, and says of it, on both databases."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import date, timedelta

import pytest

from ivr.accounts.contact_point import ContactPoint, Medium
from ivr.accounts.hold import Hold, HoldKind
from ivr.accounts.promise import Part, Promise
from ivr.accounts.suppression import Suppression
from ivr.alerts.alert import Forwarded
from ivr.calling_hours import Window
from ivr.engine.call_story import CallStory, ContactLine, HeardLine, Meant, Verification
from ivr.engine.line_of_call import at_first
from ivr.engine.ports import CallStep, NewCall, ToldDisposition
from ivr.engine.ports.customers import Choice
from ivr.flows.factor import Factor
from ivr.flows.on_the_line import OnTheLine, Party
from ivr.flows.state import Phase, SessionState, dump_state
from ivr.outcomes.agent_disposition import AgentDisposition
from ivr.outcomes.response import Response
from ivr.prompts.content_tier import ContentTier
from ivr.store.call_story import SqlCallStories, call_story
from ivr.store.customer_history import CustomerHistory
from ivr.store.outcome_payload import disposition_payload
from ivr.store.sql_store import SqlStore
from ivr.store.transaction import SqlTransaction
from tests.contract.samples import NOW, add_placing_attempt, alert, new_attempt, new_call, record, usd

TOLD = ToldDisposition(
    id="d1",
    client="crm",
    key="k1",
    call_id="",
    agent="ben",
    disposition=AgentDisposition.DISPUTE,
    details={},
    note="Never delivered.",
    medium="api",
    customer_id="c1",
    account_id="a1",
    alert_id="alert1",
    at=NOW,
    content_version="f1",
)
CALLER = NewCall(
    id="1772460000.7",
    attempt_id=None,
    direction="inbound",
    number="+12025550001",
    trunk="carrier",
    caller_id="+18005550100",
    flow="front-desk",
    flow_version="f1",
    started_at=NOW,
    story_id="8c1f",
)


def a_call(tx: SqlTransaction) -> str:
    """Bring a customer as far as to the queue; return the call's id."""
    attempt, _ = add_placing_attempt(tx)
    tx.calls.open(new_call(attempt))
    tx.calls.answered(attempt.id, NOW)
    called = at_first(tx, new_call(attempt))
    line = called.surer(ContentTier.VERIFIED, Factor.BIRTH_DATE)
    state = SessionState(
        "payment",
        "f1",
        "agent",
        Phase.EFFECT,
        "es",
        line=line,
        responses=((Response.TRANSFERRED, {}),),
    )
    tx.calls.save_checkpoint(attempt.id, dump_state(state), NOW)
    steps = [
        CallStep(1, NOW, "open", "said", {"text": "Hello, this is Sample Bank."}),
        CallStep(2, NOW, "open", "menu_choice", {"key": "3"}),
    ]
    tx.calls.add_steps(attempt.id, steps)
    return attempt.id


def test_the_story_tells_who_it_is_and_what_it_is_about(tx: SqlTransaction) -> None:
    story = call_story(tx, call_id := a_call(tx), NOW)
    assert story is not None
    assert (story.call_id, story.direction, story.answered_at, story.ended_at) == (
        call_id,
        "outbound",
        NOW,
        None,
    )
    assert story.customer is not None
    assert (story.customer.name, story.customer.language, story.customer.known_by) == (
        "Customer 1",
        "en",
        "alert",
    )
    assert story.alert is not None
    assert (story.alert.topic, story.alert.account_id) == ("payments", "a1")
    assert [(each.account_id, each.amount_due) for each in story.accounts] == [("a1", usd(12_345))]
    assert story.language == "es"
    assert story.verification == Verification("verified", (Factor.BIRTH_DATE,))
    assert story.heard == (HeardLine(NOW, "Hello, this is Sample Bank."),)
    assert story.meant == (Meant(Response.TRANSFERRED, {}),)
    assert [(each.address, each.usable) for each in story.contact_points] == [("+12025550001", True)]


def test_the_story_tells_how_the_customer_wants_to_be_reached_and_who_took_the_call(
    tx: SqlTransaction,
) -> None:
    call_id = a_call(tx)
    kept = record(1)
    tx.customers.put(replace(kept, customer=replace(kept.customer, segment="gold")))
    tx.customers.prefer("c1", Choice(medium=Medium.SMS, hours=Window(540, 720)))
    tx.calls.taken(call_id, "desk", NOW)
    story = call_story(tx, call_id, NOW)
    assert story is not None
    assert story.customer is not None
    who = story.customer
    assert (who.segment, who.preferred_medium, who.preferred_hours) == ("gold", Medium.SMS, "09:00-12:00")
    assert story.taken_by == "desk"


def test_the_story_tells_what_stands_between_us(tx: SqlTransaction) -> None:
    call_id = a_call(tx)
    tx.holds.place(Hold("h1", HoldKind.DISPUTED, "c1", "a1", "payments", NOW, None, "ben"))
    parts = (Part(usd(500), date(2026, 3, 9), NOW + timedelta(days=8)),)
    tx.promises.add(Promise("p1", "a1", "c1", "alert1", "payments", None, NOW, usd(12_345), parts))
    tx.customers.add_suppression(Suppression(None, "+12025550001", None, NOW, "keypad"))
    tx.agent_dispositions.add(replace(TOLD, call_id=call_id), [])
    story = call_story(tx, call_id, NOW)
    assert story is not None
    assert [(each.kind, each.placed_by) for each in story.holds] == [(HoldKind.DISPUTED, "ben")]
    assert [(each.amount, each.due_on) for each in story.promises] == [(usd(500), date(2026, 3, 9))]
    assert [(each.agent, each.note) for each in story.dispositions] == [("ben", "Never delivered.")]
    assert story.is_suppressed
    assert story.contact_points == (
        ContactLine(story.contact_points[0].medium, "+12025550001", usable=True, suppressed=True),
    )


def test_a_call_that_came_in_is_known_by_its_story_s_id_alone(tx: SqlTransaction) -> None:
    tx.customers.put(record(1))
    tx.calls.open(replace(CALLER, customer_id="c1"))
    assert call_story(tx, CALLER.id, NOW) is None
    story = call_story(tx, "8c1f", NOW)
    assert story is not None
    assert story.customer is not None
    assert (story.customer.customer_id, story.customer.known_by) == ("c1", "number")
    assert (story.alert, story.verification, story.language) == (None, Verification("anyone", ()), None)


def test_of_a_caller_whom_nobody_knows_there_is_a_story_too(tx: SqlTransaction) -> None:
    tx.customers.put(record(1))
    tx.customers.add_suppression(Suppression(None, CALLER.number, None, NOW, "keypad"))
    tx.calls.open(CALLER)
    story = call_story(tx, "8c1f", NOW)
    assert story is not None
    assert (story.customer, story.accounts, story.history, story.holds) == (None, (), (), ())
    assert (story.number, story.is_suppressed) == (CALLER.number, True)


def test_there_is_no_story_of_no_call(tx: SqlTransaction) -> None:
    assert call_story(tx, "nothing", NOW) is None


def test_what_an_agent_says_is_kept_once(tx: SqlTransaction) -> None:
    told = replace(TOLD, call_id=a_call(tx))
    assert tx.agent_dispositions.add(told, ["history"])
    assert not tx.agent_dispositions.add(replace(told, agent="eve"), ["history"])
    assert tx.agent_dispositions.get("d1") == told
    assert tx.agent_dispositions.of_call(told.call_id) == [told]
    [entry] = tx.outcomes.due_entries(NOW, 10)
    assert entry.payload == disposition_payload(told)


async def test_what_an_agent_said_is_in_the_history_that_the_next_one_reads(store: SqlStore) -> None:
    call_id = await store.write(a_call)
    told = replace(TOLD, call_id=call_id)
    whole = replace(told, account_id=None, disposition=AgentDisposition.DECEASED)
    await CustomerHistory(store).push("d1", disposition_payload(told))
    await CustomerHistory(store).push("d2", disposition_payload(whole))
    story = await SqlCallStories(store).story(call_id, NOW)
    assert story is not None
    assert {(line.disposition, line.responses, line.account_id) for line in story.history} == {
        ("dispute", ("disputed",), "a1"),
        ("deceased", (), None),
    }
    assert {(line.agent, line.note) for line in story.history} == {("ben", "Never delivered.")}


async def test_of_many_who_say_the_same_at_once_one_is_written(store: SqlStore) -> None:
    call_id = await store.write(a_call)
    told = replace(TOLD, call_id=call_id)

    def say(tx: SqlTransaction) -> bool:
        tx.calls.lock(call_id)
        return tx.agent_dispositions.get(told.id) is None and tx.agent_dispositions.add(told, ["history"])

    written = await asyncio.gather(*(store.write(say) for _ in range(8)))
    assert sum(written) == 1
    assert len(await store.read(lambda tx: tx.outcomes.due_entries(NOW, 10))) == 1


def in_a_talk_of(tx: SqlTransaction, *, tier: ContentTier, led_to: Party | None = None) -> CallStory:
    """Let customer 1's number call, whose talk stands there; return what the agent is told."""
    tx.customers.put(record(1))
    tx.customers.put(record(2))
    tx.alerts.add(alert(2))
    tx.calls.open(replace(CALLER, customer_id="c1"))
    line = OnTheLine(CALLER.number, Party("c1"), led_to, tier)
    state = SessionState("toll-free", "f1", "agent", Phase.EFFECT, "en", line=line)
    tx.calls.save_checkpoint(CALLER.id, dump_state(state), NOW)
    story = call_story(tx, "8c1f", NOW)
    assert story is not None
    return story


SOMEBODY_ELSE = Party("c2", "a2", "alert2", "payments")


def test_a_caller_is_whom_they_have_proved_to_be_and_not_who_has_the_number(tx: SqlTransaction) -> None:
    story = in_a_talk_of(tx, tier=ContentTier.VERIFIED, led_to=SOMEBODY_ELSE)
    assert story.customer is not None
    assert (story.customer.customer_id, story.customer.known_by) == ("c2", "proof")
    assert [each.account_id for each in story.accounts] == ["a2"]
    assert story.alert is not None
    assert story.alert.alert_id == "alert2"


def test_a_reference_without_a_proof_makes_a_caller_nobody_else(tx: SqlTransaction) -> None:
    story = in_a_talk_of(tx, tier=ContentTier.ANYONE, led_to=SOMEBODY_ELSE)
    assert story.customer is not None
    assert (story.customer.customer_id, story.customer.known_by) == ("c1", "number")


@pytest.mark.parametrize(
    ("tier", "known_by"), [(ContentTier.CONFIRMED, "number"), (ContentTier.VERIFIED, "proof")]
)
def test_whoever_has_the_number_is_a_guess_until_they_have_proved_it(
    tx: SqlTransaction, tier: ContentTier, known_by: str
) -> None:
    story = in_a_talk_of(tx, tier=tier)
    assert story.customer is not None
    assert (story.customer.customer_id, story.customer.known_by) == ("c1", known_by)


def test_of_a_call_with_a_third_party_nothing_of_the_customer_is_told(tx: SqlTransaction) -> None:
    attempt, _ = add_placing_attempt(tx)
    tx.holds.place(Hold("h1", HoldKind.DISPUTED, "c1", "a1", "payments", NOW, None, "ben"))
    theirs = ContactPoint("theirs", "c1", Medium.VOICE, "+12025550188", third_party=True)
    tx.customers.add_third_party(theirs)
    to = Forwarded(attempt.alert_id, theirs.id, None)
    tx.alerts.add(replace(alert(1, key="passed-on"), forwarded=to))
    new = replace(new_attempt(1, key="passed-on"), contact_point_id=theirs.id, address=theirs.address)
    attempt_id = tx.attempts.add(new)
    assert attempt_id is not None
    tx.calls.open(new_call(tx.attempts.get(attempt_id)))
    story = call_story(tx, attempt_id, NOW)
    assert story is not None
    assert (story.is_third_party, story.number) == (True, theirs.address)
    assert (story.customer, story.alert, story.is_suppressed) == (None, None, False)
    assert (story.accounts, story.history, story.promises, story.holds, story.contact_points) == ((),) * 5
