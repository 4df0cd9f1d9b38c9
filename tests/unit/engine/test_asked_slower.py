"""Who asks twice to be spoken to more slowly need not ask a third time."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ivr.alerts.alert import Forwarded
from ivr.calls.call_result import CallResult
from ivr.engine.asked_slower import times_asked_slower
from ivr.engine.by_matter import Responses
from ivr.engine.content import Contents
from ivr.engine.record_outcome import EndedCall, record_outcome
from ivr.engine.start_session import read_facts, start_session
from ivr.flows.on_the_line import OnTheLine
from ivr.flows.state import Phase, SessionState
from ivr.outcomes.response import Response
from ivr.prompts.content_tier import ContentTier
from ivr.rules.forward_terms import ForwardTerms
from ivr.tempo import Tempo
from tests.unit.engine.conftest import Engine
from tests.unit.engine.scripted import report


def a_talk(times: int, tier: ContentTier, tempo: Tempo) -> SessionState:
    """Return the end of a talk in which it was asked for so often."""
    responses: Responses = ((Response.SLOWER, {}),) * times
    state = SessionState("f", "1", "n", Phase.OVER, "en", OnTheLine(tier=tier), tempo)
    return replace(state, responses=((Response.REPEATED, {}), *responses))


@pytest.mark.parametrize(
    ("tier", "tempo", "counted"),
    [
        (ContentTier.VERIFIED, Tempo.SLOW, 2),
        (ContentTier.CONFIRMED, Tempo.SLOW, 2),
        (ContentTier.ANYONE, Tempo.SLOW, 0),
        (ContentTier.CONFIRMED, Tempo.USUAL, 0),
    ],
)
def test_it_counts_for_the_customer_who_did_not_take_it_back(
    tier: ContentTier, tempo: Tempo, counted: int
) -> None:
    assert times_asked_slower(a_talk(2, tier, tempo), ContentTier.CONFIRMED) == counted
    assert times_asked_slower(None, ContentTier.CONFIRMED) == 0


@pytest.mark.parametrize(("times", "tempo"), [(1, Tempo.USUAL), (2, Tempo.SLOW)])
async def test_who_asked_twice_is_spoken_to_so_in_the_next_call(
    engine: Engine, times: int, tempo: Tempo
) -> None:
    attempt = (await engine.placed()).attempt
    end = report(attempt.id, engine.clock(), CallResult.ANSWERED)
    ended = EndedCall(attempt, engine.world.owner.epoch, end, (), (), "v1", asked_slower=times)
    messaging = engine.world.messaging
    await engine.store.write(
        lambda tx: record_outcome(tx, engine.contents, messaging, ("history",), ended, engine.clock())
    )
    facts = await read_facts(engine.world, attempt.id)
    assert (await start_session(engine.world, engine.contents, facts)).session.tempo is tempo


async def test_a_third_party_is_spoken_to_as_usual(engine: Engine) -> None:
    facts = await engine.found_and_claimed()
    customer = replace(facts.customer, preferred_tempo=Tempo.SLOW)
    alert = replace(facts.alert, forwarded=Forwarded(facts.alert.id, "p1", None))
    content = engine.contents.live
    rule = content.book.rules[alert.rule]
    forwarding = ForwardTerms(flow="forwarded", retry="forwarded")
    book = replace(content.book, rules={rule.name: rule.model_copy(update={"forward": forwarding})})
    contents = Contents(replace(content, book=book))
    new = await start_session(engine.world, contents, replace(facts, customer=customer, alert=alert))
    assert new.session.tempo is Tempo.USUAL
