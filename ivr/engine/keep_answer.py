"""Surveys: who is asked, and what they answer. A low score is an event of the account, for a person."""

from __future__ import annotations

from datetime import datetime

import structlog

from ivr.accounts.account_event import AccountEvent, AccountEventKind
from ivr.engine.host import Host
from ivr.engine.ports import Transaction
from ivr.engine.ports.surveys import SurveyAnswer
from ivr.flows.effects import DrawSample, KeepAnswer
from ivr.flows.events import EffectDone
from ivr.flows.on_the_line import Party
from ivr.outcomes.sample import is_drawn

log = structlog.get_logger()


def draw_sample(host: Host, command: DrawSample) -> EffectDone:
    """Draw by the call's id alone."""
    drawn = is_drawn(host.call.call_id, command.sample, command.percent)
    return EffectDone(command.effect_id, "drawn" if drawn else "left_out")


async def keep_answer(host: Host, party: Party | None, command: KeepAnswer) -> EffectDone:
    """Keep it at once, as that of whoever the talk is with: who hangs up at the next question has answered
    this one."""
    now = host.world.clock()
    answer = SurveyAnswer(
        call_id=host.call.call_id,
        survey=command.survey,
        question=command.question,
        score=command.score,
        recording=command.recording,
        customer_id=party.customer_id if party else None,
        at=now,
    )
    is_low = command.score is not None and command.score <= command.low
    account_id = party.account_id if party else None
    if is_low and account_id is None:
        log.warning("a low score of somebody whose account nobody knows", survey=command.survey)
    event = _low_score(host, answer, account_id, now) if is_low and account_id is not None else None

    def work(tx: Transaction) -> None:
        tx.surveys.keep(answer)
        if event is not None:
            tx.account_events.add(event)

    await host.world.store.write(work)
    return EffectDone(command.effect_id, "done")


def _low_score(host: Host, answer: SurveyAnswer, account_id: str, now: datetime) -> AccountEvent:
    """Return the event, once a call and survey."""
    return AccountEvent(
        key=f"low_score/{answer.survey}/{answer.call_id}",
        kind=AccountEventKind.LOW_SCORE,
        account_id=account_id,
        at=now,
        on=now.astimezone(host.contents.live.time_zone).date(),
        payload={
            "survey": answer.survey,
            "question": answer.question,
            "score": answer.score,
            "call": answer.call_id,
        },
    )
