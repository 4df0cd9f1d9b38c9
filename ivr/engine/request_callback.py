"""Find the moment of a call-back: when the customer wants it, and when it may be made.

Nothing is written here. The flow's response carries the moment, and when the call's end is recorded, the next
attempt is made due then: so what was told and what is done are one thing, also after a crash.
"""

from __future__ import annotations

from datetime import datetime, time, timedelta

import structlog

from ivr.attempts.callback import next_time_of_day
from ivr.attempts.eligibility.alert_ended import alert_ended
from ivr.attempts.eligibility.calling_window import calling_window
from ivr.attempts.eligibility.cap import cap
from ivr.attempts.eligibility.decision import Decision, Verdict
from ivr.attempts.eligibility.facts import EligibilityFacts
from ivr.attempts.eligibility.pipeline import Stage, decide
from ivr.attempts.eligibility.policy import DialPermission, Policy
from ivr.attempts.eligibility.zones import clocks_of
from ivr.engine.content import Content, Contents
from ivr.engine.host import Host
from ivr.engine.ports import Transaction
from ivr.engine.record_received_call import alert_to_call_about
from ivr.engine.world import World
from ivr.flows.effects import RequestCallback
from ivr.flows.events import EffectDone
from ivr.flows.on_the_line import Party
from ivr.rules.rule import Rule

log = structlog.get_logger()

_TIMELY: tuple[Stage, ...] = (alert_ended, calling_window, cap)
"""The stages whose answer is a matter of time: what they say of the moment is known now."""


async def request_callback(host: Host, party: Party, command: RequestCallback) -> EffectDone:
    """Return the moment on the customer's clock (`done`), or that nobody may call then (`closed`).

    `failed`: nobody knows what time it is where they are, or there is no attempt that another could follow.
    """
    return await callback_moment(host.world, host.contents, party, host.call.call_id, command)


async def callback_moment(
    world: World, contents: Contents, party: Party, call_id: str | None, command: RequestCallback
) -> EffectDone:
    """Do so for somebody who is, or (without a `call_id`) is not, in a call."""
    now, live = world.clock(), contents.live
    facts = await world.store.read(lambda tx: _facts(tx, party, call_id, now))
    rule = live.book.rules.get(facts.alert.rule) if facts else None
    moment = _moment(command, facts, live, now) if facts else None
    if facts is None or rule is None or moment is None:
        log.warning("nobody can be called back", call=call_id)
        return EffectDone(command.effect_id, command.failure)
    objection = _decision(facts, rule, live, moment)
    if objection.verdict is not Verdict.GO:
        log.info("no call-back then", call=call_id, reason=objection.reason)
        return EffectDone(command.effect_id, "closed")
    return EffectDone(command.effect_id, "done", {"moment": moment})


def _facts(tx: Transaction, party: Party, call_id: str | None, now: datetime) -> EligibilityFacts | None:
    """Return the facts of the call's attempt, or of a caller's that waits for its time; None without one."""
    alert = alert_to_call_about(tx, party)
    if alert is None:
        return None
    attempts = tx.attempts.history(alert.id, alert.cycle)
    own = next((attempt for attempt in attempts if attempt.id == call_id), None)
    attempt = own or tx.attempts.ready_of(alert.id)
    if attempt is None:
        return None
    (facts,) = tx.attempts.eligibility([attempt.id], now)
    return facts


def _moment(
    command: RequestCallback, facts: EligibilityFacts, live: Content, now: datetime
) -> datetime | None:
    """Return the moment that is asked for, on the customer's clock."""
    clock = clocks_of(facts)
    if command.in_minutes is not None:
        return (now + timedelta(minutes=command.in_minutes)).astimezone((*clock, live.time_zone)[0])
    return next_time_of_day(now, time.fromisoformat(command.at), clock) if command.at else None


def _decision(facts: EligibilityFacts, rule: Rule, live: Content, moment: datetime) -> Decision:
    today = moment.astimezone(live.time_zone).date()
    policy = Policy(rule, live.book.hours_of(rule), DialPermission(), today)
    return decide(_TIMELY, facts, policy, moment)
