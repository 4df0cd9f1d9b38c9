"""What an agent says of a call that came in is about whoever the talk had come to."""

from __future__ import annotations

from datetime import timedelta

import pytest

from ivr.accounts.hold import HoldKind
from ivr.alerts.alert import AlertState
from ivr.attempts.attempt import AttemptState
from ivr.engine.end_holds import end_holds
from ivr.engine.ports import NewCall
from ivr.errors import ContentError, NotFoundError
from ivr.flows.on_the_line import OnTheLine, Party
from ivr.flows.state import Phase, SessionState, dump_state
from ivr.prompts.content_tier import ContentTier
from tests.unit.engine.agents_words import (
    Word,
    another_matter,
    connected,
    hangs_up,
    holds,
    says,
)
from tests.unit.engine.conftest import Engine


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
