"""What an agent says of a call is kept once, and done at once."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from ivr.accounts.contact_point import ContactPoint, Medium
from ivr.accounts.hold import HoldKind
from ivr.accounts.promise import PromiseState
from ivr.accounts.suppression import THIRD_PARTY
from ivr.alerts.alert import AlertState, Forwarded
from ivr.attempts.attempt import Attempt, AttemptState
from ivr.calls.call_result import CallResult
from ivr.engine.end_holds import end_holds
from ivr.engine.ports import NewCall, Outcome, ToldDisposition
from ivr.engine.record_disposition import AgentWord, record_disposition
from ivr.engine.record_outcome import EndedCall, record_outcome
from ivr.engine.third_party_word import ALLOWED
from ivr.errors import ContentError, KeyTakenError, NotFoundError
from ivr.flows.on_the_line import OnTheLine, Party
from ivr.flows.state import Phase, SessionState, dump_state
from ivr.outcomes.agent_disposition import AgentDisposition
from ivr.outcomes.disposition import Disposition
from ivr.outcomes.response import Effect, Response
from ivr.prompts.content_tier import ContentTier
from tests.contract.samples import alert, new_attempt, record, usd
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


@pytest.mark.parametrize("is_up", [True, False])
@pytest.mark.parametrize("word", Word)
async def test_whatever_an_agent_says_and_whenever_the_matter_goes_on_or_is_over(
    engine: Engine, word: Word, is_up: bool
) -> None:
    attempt = await connected(engine)
    if is_up:
        await says(engine, attempt.id, word)
        await hangs_up(engine, attempt)
    else:
        await hangs_up(engine, attempt)
        await says(engine, attempt.id, word)
    waiting = await engine.attempts(AttemptState.READY)
    # There is one number, so that a wrong one leaves nobody to be called.
    goes_on = word in (Word.CALLBACK, Word.UNRESOLVED)
    assert len(waiting) == goes_on
    state = await engine.alert_state(attempt.alert_id)
    expected = "open" if goes_on else "settled" if word.effect is Effect.SETTLING else "exhausted"
    assert state == expected


@pytest.mark.parametrize("word", [Word.ATTORNEY, Word.BANKRUPT, Word.DECEASED, Word.STOP_CONTACT])
async def test_some_words_end_every_matter_of_the_customer_at_once(engine: Engine, word: Word) -> None:
    attempt = await connected(engine)
    other = await another_matter(engine)
    await says(engine, attempt.id, word)
    assert await holds(engine) == [(HoldKind(word.value), None, None)]
    assert await engine.attempts(AttemptState.READY) == []
    assert [await engine.alert_state(each) for each in (attempt.alert_id, other)] == ["settled"] * 2


async def test_a_dispute_holds_what_is_disputed_and_nothing_else(engine: Engine) -> None:
    attempt = await connected(engine)
    other = await another_matter(engine)
    await says(engine, attempt.id, Word.DISPUTE)
    assert await holds(engine) == [(HoldKind.DISPUTED, "a1", "payments")]
    assert await engine.alert_state(other) == "open"


async def test_the_same_again_changes_nothing_and_another_word_under_that_key_is_refused(
    engine: Engine,
) -> None:
    attempt = await connected(engine)
    first = await says(engine, attempt.id, Word.DECEASED)
    engine.clock.advance(seconds=5)
    assert await says(engine, attempt.id, Word.DECEASED) == first
    assert len(await holds(engine)) == 1
    with pytest.raises(KeyTakenError, match="take a new key"):
        await says(engine, attempt.id, Word.RESOLVED)
    entries = await engine.store.read(lambda tx: tx.outcomes.due_entries(engine.clock(), 10))
    assert [entry.key for entry in entries] == [first.id]


async def test_the_customer_store_is_told_who_said_what_of_which_call(engine: Engine) -> None:
    attempt = await connected(engine)
    told = await says(engine, attempt.id, Word.DISPUTE, note="Says it was never delivered.")
    [entry] = await engine.store.read(lambda tx: tx.outcomes.due_entries(engine.clock(), 10))
    payload = entry.payload
    assert (payload["customer_id"], payload["account_id"], payload["disposition"]) == ("c1", "a1", "dispute")
    assert (payload["attempt_id"], payload["agent"], payload["medium"]) == (attempt.id, "ben", "voice")
    assert payload["responses"] == [["disputed", {}]]
    assert (payload["note"], payload["at"]) == ("Says it was never delivered.", told.at.isoformat())
    assert payload["content_version"] == told.content_version != ""


async def test_a_promise_is_kept_as_the_agent_took_it(engine: Engine) -> None:
    attempt = await connected(engine)
    await says(engine, attempt.id, Word.PROMISE_TO_PAY)
    account = await engine.store.read(lambda tx: tx.customers.account("a1"))
    assert account is not None
    assert account.promise is not None
    assert (account.promise.amount, account.promise.due_on) == (usd(5_000), date(2026, 3, 10))
    assert account.promise.state is PromiseState.OPEN


@pytest.mark.parametrize("is_up", [True, False])
async def test_who_wants_to_be_called_at_a_time_is_called_then(engine: Engine, is_up: bool) -> None:
    attempt = await connected(engine)
    if not is_up:
        await hangs_up(engine, attempt)
    await says(engine, attempt.id, Word.CALLBACK)
    if is_up:
        await hangs_up(engine, attempt)
    [waiting] = await engine.attempts(AttemptState.READY)
    assert waiting.due_at == datetime.fromisoformat(MOMENT)


async def test_who_was_left_with_an_open_matter_is_in_peace_for_a_day(engine: Engine) -> None:
    attempt = await connected(engine)
    await hangs_up(engine, attempt)
    await says(engine, attempt.id, Word.UNRESOLVED)
    [waiting] = await engine.attempts(AttemptState.READY)
    assert waiting.due_at == engine.clock() + timedelta(days=1)


async def test_after_a_wrong_number_the_next_one_is_tried(engine: Engine) -> None:
    attempt = await connected(engine)
    await hangs_up(engine, attempt)
    [point] = record(1).contact_points
    both = replace(record(1), contact_points=[point, replace(point, id="p2", address="+12025550199", rank=2)])
    await engine.store.write(lambda tx: tx.customers.put(both))
    await says(engine, attempt.id, Word.WRONG_NUMBER)
    [waiting] = await engine.attempts(AttemptState.READY)
    assert waiting.address == "+12025550199"


async def test_what_was_settled_by_key_stays_settled_whatever_the_agent_left_open(engine: Engine) -> None:
    attempt = await connected(engine)
    await says(engine, attempt.id, Word.UNRESOLVED)
    await hangs_up(engine, attempt, Response.PAID)
    assert await engine.alert_state(attempt.alert_id) == "settled"
    assert await engine.attempts(AttemptState.READY) == []


async def test_no_more_calls_means_the_person_and_the_number(engine: Engine) -> None:
    attempt = await connected(engine)
    await says(engine, attempt.id, Word.DO_NOT_CALL)
    await another_matter(engine)
    [waiting] = [each.id for each in await engine.attempts(AttemptState.READY)]
    [facts] = await engine.store.read(lambda tx: tx.attempts.eligibility([waiting], engine.clock()))
    covered = {(each.customer_id, each.address, each.topic) for each in facts.suppressions}
    assert covered == {("c1", None, None), (None, "+12025550001", None)}


WRONG: list[tuple[Word, dict[str, Any], str]] = [
    (Word.PROMISE_TO_PAY, {"details": {"on": "2027-01-01"}}, "promise: 2027-01-01 is not within 14 days"),
    (
        Word.PROMISE_TO_PAY,
        {"details": {"amount_minor": 99_999, "currency": "USD", "on": "2026-03-10"}},
        "more than the 123.45 USD that are due",
    ),
    (Word.CALLBACK, {"details": {}}, "call_at: it names no moment"),
    (Word.CALLBACK, {"details": {"moment": "2026-03-04T15:30:00"}}, "give one with its zone"),
    (Word.CALLBACK, {"details": {"moment": "2020-03-04T15:30:00Z"}}, "is past"),
    (Word.RESOLVED, {"note": "card 4242 4242 4242 4242"}, "note: it holds a long number"),
    (Word.RESOLVED, {"note": "card 4242  4242 / 4242 - 4242"}, "note: it holds a long number"),
    (Word.RESOLVED, {"customer_id": "c9"}, "customer_id: we called 'c1' and not 'c9'"),
    (Word.RESOLVED, {"account_id": "a9"}, "account_id: we called about 'a1'"),
    (Word.DECEASED, {"details": {"moment": MOMENT}}, "details: deceased has none"),
]


@pytest.mark.parametrize(("word", "more", "told"), WRONG)
async def test_what_can_t_be_used_is_said_and_changes_nothing(
    engine: Engine, word: Word, more: dict[str, Any], told: str
) -> None:
    attempt = await connected(engine)
    with pytest.raises(ContentError, match=told):
        await says(engine, attempt.id, word, **more)
    assert await engine.store.read(lambda tx: tx.agent_dispositions.of_call(attempt.id)) == []
    assert await engine.alert_state(attempt.alert_id) == "open"


async def test_nobody_can_tell_of_a_call_that_never_was(engine: Engine) -> None:
    with pytest.raises(NotFoundError, match="no call 'nothing'"):
        await says(engine, "nothing", Word.RESOLVED)


async def test_an_agents_call_back_goes_before_what_the_customer_asked_for_earlier(engine: Engine) -> None:
    attempt = await connected(engine)
    later = engine.clock() + timedelta(days=30)
    await engine.store.write(lambda tx: tx.alerts.defer(attempt.alert_id, later))
    await hangs_up(engine, attempt)
    await says(engine, attempt.id, Word.CALLBACK)
    found = await engine.store.read(lambda tx: tx.alerts.get(attempt.alert_id))
    [waiting] = await engine.attempts(AttemptState.READY)
    assert found.deferred_until == waiting.due_at == datetime.fromisoformat(MOMENT)


async def test_what_was_done_on_a_page_since_leaves_the_agent_s_word_its_weight(engine: Engine) -> None:
    attempt = await connected(engine)
    await hangs_up(engine, attempt)
    engine.clock.advance(minutes=1)
    on_a_page = Outcome(
        id="page",
        alert_id=attempt.alert_id,
        attempt_id=None,
        customer_id="c1",
        account_id="a1",
        medium="web",
        disposition=Disposition.RIGHT_PARTY_CONTACT,
        responses=((Response.PAID, {}),),
        call_result="answered",
        at=engine.clock(),
        content_version="v1",
    )
    await engine.store.write(lambda tx: tx.outcomes.add(on_a_page, ()))
    await says(engine, attempt.id, Word.UNRESOLVED)
    assert await engine.alert_state(attempt.alert_id) == "open"


# ---- calls that came in


async def rang_in(engine: Engine, number: str, customer_id: str | None = None) -> str:
    """Let a call have come in; return what those at the desk know it by."""
    call = NewCall(
        id="1772460000.7",
        attempt_id=None,
        direction="inbound",
        number=number,
        trunk="carrier",
        caller_id="+18005550100",
        flow="front-desk",
        flow_version="f1",
        started_at=engine.clock(),
        customer_id=customer_id,
        story_id="0f9d",
    )
    await engine.store.write(lambda tx: tx.calls.open(call))
    return "0f9d"


async def test_a_caller_s_death_ends_what_waits_for_them(engine: Engine) -> None:
    [waiting] = await engine.find(1)
    await says(engine, await rang_in(engine, "+12025550001", "c1"), Word.DECEASED)
    assert await holds(engine) == [(HoldKind.DECEASED, None, None)]
    assert (await engine.attempt(waiting.id)).state is AttemptState.CANCELLED
    assert await engine.alert_state(waiting.alert_id) == "settled"


async def test_of_an_unknown_caller_the_agent_says_who_it_was(engine: Engine) -> None:
    await engine.find(1)
    story = await rang_in(engine, "+12025550777")
    with pytest.raises(ContentError, match="name the customer"):
        await says(engine, story, Word.ATTORNEY)
    await says(engine, story, Word.ATTORNEY, customer_id="c1")
    assert await holds(engine) == [(HoldKind.ATTORNEY, None, None)]


async def test_of_a_caller_with_several_accounts_the_agent_says_which(engine: Engine) -> None:
    await engine.find(1)
    story = await rang_in(engine, "+12025550001", "c1")
    with pytest.raises(ContentError, match="name the account"):
        await says(engine, story, Word.DISPUTE)
    with pytest.raises(ContentError, match="name one of theirs"):
        await says(engine, story, Word.DISPUTE, account_id="a9")
    await says(engine, story, Word.DISPUTE, account_id="a1")
    assert await holds(engine) == [(HoldKind.DISPUTED, "a1", "payments")]
    assert await engine.attempts(AttemptState.READY) == []


async def test_an_unknown_caller_who_wants_no_calls_gets_none(engine: Engine) -> None:
    await says(engine, await rang_in(engine, "+12025550001"), Word.DO_NOT_CALL)
    [waiting] = await engine.find(1)
    [facts] = await engine.store.read(lambda tx: tx.attempts.eligibility([waiting.id], engine.clock()))
    assert [each.address for each in facts.suppressions] == ["+12025550001"]
    assert await engine.store.read(lambda tx: tx.outcomes.due_entries(engine.clock(), 10)) == []


async def test_nobody_knows_a_call_that_came_in_by_the_number_of_the_switch(engine: Engine) -> None:
    await rang_in(engine, "+12025550001")
    with pytest.raises(NotFoundError):
        await says(engine, "1772460000.7", Word.RESOLVED)


async def is_told_of(engine: Engine, customer: int, tier: ContentTier = ContentTier.VERIFIED) -> str:
    """Let the call that came in have led to this customer's matter; return what it is asked for by."""
    story = await rang_in(engine, "+12025550001", "c1")
    led_to = Party(f"c{customer}", f"a{customer}", await alert_of(engine, customer), "payments")
    line = OnTheLine("+12025550001", Party("c1"), led_to, tier)
    state = SessionState("front-desk", "f1", "agent", Phase.EFFECT, "en", line=line)
    saved = dump_state(state)
    await engine.store.write(lambda tx: tx.calls.save_checkpoint("1772460000.7", saved, engine.clock()))
    return story


async def alert_of(engine: Engine, customer: int) -> str:
    [first, *_] = await engine.store.read(lambda tx: tx.alerts.open_of(f"c{customer}"))
    return first.id


async def test_a_word_is_about_whom_the_talk_led_to_and_not_about_who_has_the_number(engine: Engine) -> None:
    await engine.find(1, 2)
    spared, meant = await alert_of(engine, 1), await alert_of(engine, 2)
    told = await says(engine, await is_told_of(engine, 2), Word.DECEASED)
    assert (told.customer_id, told.alert_id) == ("c2", meant)
    assert await holds(engine) == []
    assert [await engine.alert_state(each) for each in (spared, meant)] == ["open", "settled"]


async def test_a_word_holds_nobody_while_a_reference_without_a_proof_tells_of_somebody_else(
    engine: Engine,
) -> None:
    await engine.find(1, 2)
    story = await is_told_of(engine, 2, ContentTier.ANYONE)
    with pytest.raises(ContentError, match="name the customer"):
        await says(engine, story, Word.DECEASED)
    assert await holds(engine) == []
    assert (await says(engine, story, Word.DECEASED, customer_id="c2")).customer_id == "c2"


async def test_the_talk_tells_which_account_a_dispute_is_about(engine: Engine) -> None:
    await engine.find(1)
    story = await is_told_of(engine, 1)
    other = await another_matter(engine)
    told = await says(engine, story, Word.DISPUTE)
    assert told.account_id == "a1"
    assert await holds(engine) == [(HoldKind.DISPUTED, "a1", "payments")]
    assert await engine.alert_state(other) == "open"


async def test_whom_the_agent_names_goes_before_whom_the_talk_led_to(engine: Engine) -> None:
    await engine.find(1, 2)
    story = await is_told_of(engine, 2)
    with pytest.raises(ContentError, match="name the account"):
        await says(engine, story, Word.DISPUTE, customer_id="c1")
    told = await says(engine, story, Word.DISPUTE, customer_id="c1", account_id="a1")
    assert (told.customer_id, told.account_id) == ("c1", "a1")


async def test_a_late_word_opens_nothing_that_was_settled_since(engine: Engine) -> None:
    attempt = await connected(engine)
    await hangs_up(engine, attempt)
    again = engine.clock() + timedelta(days=5)
    await engine.store.write(lambda tx: tx.alerts.reopen(attempt.alert_id, again))
    await engine.store.write(
        lambda tx: tx.alerts.end(attempt.alert_id, AlertState.SETTLED, "paid", engine.clock())
    )
    await says(engine, attempt.id, Word.UNRESOLVED)
    assert await engine.alert_state(attempt.alert_id) == "settled"
    assert await engine.attempts(AttemptState.READY) == []


@pytest.mark.parametrize("is_told", [True, False])
async def test_what_a_caller_says_to_have_paid_is_called_about_again_if_it_never_comes(
    engine: Engine, is_told: bool
) -> None:
    await engine.find(1)
    held = await alert_of(engine, 1)
    if is_told:
        await says(engine, await is_told_of(engine, 1), Word.ALREADY_PAID)
    else:
        await says(engine, await rang_in(engine, "+12025550001", "c1"), Word.ALREADY_PAID, account_id="a1")
    assert await engine.alert_state(held) == "settled"
    engine.clock.advance(days=5)
    assert await end_holds(engine.world, engine.contents) == 1
    assert await engine.alert_state(held) == "open"


async def test_of_several_matters_each_has_a_hold_of_its_own(engine: Engine) -> None:
    await engine.find(1)
    await another_matter(engine)
    await says(engine, await rang_in(engine, "+12025550001", "c1"), Word.DISPUTE, account_id="a1")
    found = await engine.store.read(lambda tx: tx.holds.of(["c1"]))
    assert {hold.alert_id for hold in found} >= {"alert1other"}
    assert len({hold.alert_id for hold in found}) == 2


# ---- calls to somebody to whom a customer passed an alert on


async def to_a_third_party(engine: Engine) -> Attempt:
    """Let a customer have passed their alert on to +1 202 555 0188, who talks with an agent."""
    first = await connected(engine)
    point = ContactPoint("theirs", "c1", Medium.VOICE, "+12025550188", third_party=True)
    passed_on = replace(
        alert(1, key="passed-on"),
        expires_at=engine.clock() + timedelta(days=7),
        forwarded=Forwarded(first.alert_id, point.id, None),
    )

    def work(tx: Any) -> str:
        tx.customers.add_third_party(point)
        tx.alerts.add(passed_on)
        new = replace(new_attempt(1, key="passed-on"), contact_point_id=point.id, address=point.address)
        attempt_id: str = tx.attempts.add(new)
        tx.calls.open(
            NewCall(
                attempt_id, attempt_id, "outbound", point.address, "carrier", None, "x", "f1", engine.clock()
            )
        )
        return attempt_id

    return await engine.attempt(await engine.store.write(work))


@pytest.mark.parametrize("word", sorted(set(Word) - set(ALLOWED)))
async def test_a_third_party_can_t_speak_for_the_customer(engine: Engine, word: Word) -> None:
    attempt = await to_a_third_party(engine)
    with pytest.raises(ContentError, match="with a third party"):
        await says(engine, attempt.id, word)
    assert await holds(engine) == []
    assert await engine.alert_state(attempt.alert_id) == "open"


async def test_a_third_party_who_wants_no_calls_silences_their_number_alone(engine: Engine) -> None:
    attempt = await to_a_third_party(engine)
    [first] = await engine.store.read(lambda tx: tx.alerts.open_of("c1"))
    told = await says(engine, attempt.id, Word.DO_NOT_CALL)
    assert (told.customer_id, told.account_id, told.alert_id) == (None, None, attempt.alert_id)
    [facts] = await engine.store.read(lambda tx: tx.attempts.eligibility([attempt.id], engine.clock()))
    covered = {(each.customer_id, each.address, each.source) for each in facts.suppressions}
    assert covered == {(None, "+12025550188", THIRD_PARTY)}
    assert [await engine.alert_state(each) for each in (first.id, attempt.alert_id)] == ["open", "settled"]


async def test_no_customer_is_named_of_a_call_with_a_third_party(engine: Engine) -> None:
    attempt = await to_a_third_party(engine)
    with pytest.raises(ContentError, match="customer_id: this call was with a third party"):
        await says(engine, attempt.id, Word.RESOLVED, customer_id="c1")
