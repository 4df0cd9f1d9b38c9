"""Answers of a survey are kept on their key; a low score is an event of the account."""

from __future__ import annotations

import pytest

from ivr.accounts.account_event import AccountEventKind
from ivr.calls.call_result import CallResult
from ivr.engine.carry_out_effect import carry_out_effect
from ivr.engine.host import Host
from ivr.engine.keep_answer import draw_sample, keep_answer
from ivr.engine.read_models import SurveyQuestion
from ivr.flows.effects import DrawSample, KeepAnswer
from ivr.flows.on_the_line import OnTheLine, Party
from ivr.flows.state import Phase, SessionState
from ivr.outcomes.sample import is_drawn
from ivr.prompts.content_tier import ContentTier
from ivr.store.reports import survey_questions
from tests.unit.engine.conftest import Engine
from tests.unit.engine.scripted import ScriptedCall, report
from tests.unit.engine.toll_free import MARIAS, opened, owes

MARIA = Party("c1", "a1")


async def a_call(engine: Engine) -> Host:
    facts = await engine.placed()
    end = report(facts.attempt.id, engine.clock(), CallResult.ANSWERED)
    return engine.host(ScriptedCall(facts.attempt.id, end), facts)


async def test_answers_are_summed_up_by_question(engine: Engine) -> None:
    host = await a_call(engine)
    for answer in (
        KeepAnswer(1, "after", "ease", 4),
        KeepAnswer(1, "after", "ease", 5),
        KeepAnswer(2, "after", "remark", recording="r1"),
    ):
        assert (await keep_answer(host, MARIA, answer)).result == "done"
    assert list(await engine.store.read(survey_questions)) == [
        SurveyQuestion("after", "ease", 1, 5.0, {5: 1}, 0),
        SurveyQuestion("after", "remark", 0, None, {}, 1),
    ]


async def test_a_low_score_is_an_event_that_rules_see_and_others_are_none(engine: Engine) -> None:
    host = await a_call(engine)
    await keep_answer(host, MARIA, KeepAnswer(1, "after", "ease", 3, low=2))
    account = await engine.store.read(lambda tx: tx.customers.account("a1"))
    assert account is not None
    assert AccountEventKind.LOW_SCORE not in account.events
    await keep_answer(host, MARIA, KeepAnswer(2, "after", "satisfied", 2, low=2))
    account = await engine.store.read(lambda tx: tx.customers.account("a1"))
    assert account is not None
    today = engine.clock().astimezone(engine.contents.live.time_zone).date()
    assert account.events[AccountEventKind.LOW_SCORE] == today


@pytest.mark.parametrize("tier", [ContentTier.VERIFIED, ContentTier.ANYONE])
async def test_a_low_score_of_a_caller_is_of_the_account_only_once_they_have_proved_to_be_the_customer(
    engine: Engine, tier: ContentTier
) -> None:
    await owes(engine)
    host = Host(engine.world, engine.contents, await opened(engine))
    line = OnTheLine(MARIAS, Party("c1"), led_to=MARIA, tier=tier)
    state = SessionState("toll-free", "1", "n", Phase.EFFECT, "en", line=line)
    await carry_out_effect(host, KeepAnswer(1, "after", "satisfied", 1, low=2), state)
    account = await engine.store.read(lambda tx: tx.customers.account("a1"))
    assert account is not None
    assert (AccountEventKind.LOW_SCORE in account.events) == (tier is ContentTier.VERIFIED)


async def test_the_draw_goes_by_the_call_alone(engine: Engine) -> None:
    host = await a_call(engine)
    drawn = draw_sample(host, DrawSample(1, "after", 50))
    assert (drawn.result == "drawn") == is_drawn(host.call.call_id, "after", 50)
