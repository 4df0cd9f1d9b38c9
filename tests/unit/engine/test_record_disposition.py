"""What an agent says of a call is kept once, and done at once."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from ivr.accounts.hold import HoldKind
from ivr.accounts.promise import PromiseState
from ivr.attempts.attempt import AttemptState
from ivr.engine.ports import Outcome
from ivr.errors import ContentError, KeyTakenError, NotFoundError
from ivr.outcomes.disposition import Disposition
from ivr.outcomes.response import Effect, Response
from tests.contract.samples import record, usd
from tests.unit.engine.agents_words import (
    MOMENT,
    Word,
    another_matter,
    connected,
    hangs_up,
    holds,
    says,
)
from tests.unit.engine.conftest import Engine


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
    (Word.RESOLVED, {"note": "card 4242 4242 4242 4242"}, "note: it holds a number that may be a card"),
    (Word.RESOLVED, {"note": "card 4242  4242 / 4242 - 4242"}, "note: it holds a number that may be a card"),
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
