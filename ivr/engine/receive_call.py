"""Serve a caller: the call's row, the answer, the flow, and the end with all that happened in it.

A call that came in has no attempt: it is nobody's turn, and nothing is retried. After a crash of the engine
it goes on at its last confirmed step.
"""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import Callable
from dataclasses import dataclass, replace

import structlog

from ivr.calls.call_report import CallReport
from ivr.engine.block_caller import block_of_caller
from ivr.engine.caller import Caller, caller_of, find_caller
from ivr.engine.content import Content, Contents
from ivr.engine.host import Host
from ivr.engine.ports import NewCall, Transaction
from ivr.engine.reception import BLOCKED_CALLER, Reception
from ivr.engine.record_call import begin_recording, go_on_recording
from ivr.engine.record_received_call import ReceivedCall, record_received_call
from ivr.engine.run_flow import Talk, run_flow, saved_talk, say_goodbye
from ivr.engine.start_session import received_session
from ivr.engine.telephony import IncomingCall, LiveCall
from ivr.engine.world import World
from ivr.errors import FencedError
from ivr.flows.compliance import factor_order
from ivr.flows.factor import Factor
from ivr.flows.session import Session
from ivr.rules.recording_terms import RecordingTerms

log = structlog.get_logger()

Keep = Callable[[asyncio.Task[None]], None]


@dataclass(frozen=True, slots=True)
class Answering:
    """How a call that came in is answered."""

    max_duration: float
    """Seconds after which the switch itself ends it."""
    story_id: str
    """What agents ask for its story by."""
    recording: RecordingTerms | None


@dataclass(frozen=True, slots=True)
class Received:
    """A call that came in, from whom it may be, and what leads it."""

    call: NewCall
    caller: Caller
    session: Session


async def receive_call(
    world: World, contents: Contents, reception: Reception, keep: Keep, call: LiveCall, incoming: IncomingCall
) -> bool:
    """Serve a caller to the recorded end; False, and nothing done, when no flow serves what was dialled.

    `keep` is handed the task that talks: it must be let finish when the engine stops.
    """
    dialled, content = reception.our_number(incoming.dialled), contents.live
    flow = reception.flows.get(dialled or "")
    if dialled is None or flow is None:
        log.warning("nobody serves this number", call=call.call_id, trunk=incoming.trunk)
        return False
    if flow not in content.flows:
        log.error("the flow of this number is not published", call=call.call_id, number=dialled, flow=flow)
        return False
    number, now = reception.number_of(incoming.caller), world.clock()
    terms = reception.blocking
    blocked = await world.store.write(lambda tx: block_of_caller(tx, terms, number, dialled, now))
    if blocked is not None:
        log.info("a blocked caller", call=call.call_id, reason=blocked.reason, by=blocked.by)
        if reception.rejects_blocked or BLOCKED_CALLER not in content.flows:
            await call.reject()
            return True
        flow = BLOCKED_CALLER
    order = _order(content, flow)
    caller = await world.store.read(lambda tx: find_caller(tx, number, order, now))
    opened = NewCall(
        id=call.call_id,
        attempt_id=None,
        direction="inbound",
        number=number or "",
        trunk=incoming.trunk,
        caller_id=dialled,
        flow=flow,
        flow_version=content.flows[flow].version,
        started_at=now,
        content_version=content.version,
        customer_id=caller.customer.id if caller.customer else None,
        story_id=uuid.uuid4().hex,  # the switch numbers its calls: their ids can be guessed
        rule=reception.rules.get(dialled),
    )
    others = await world.store.write(lambda tx: _open(tx, world, opened))
    most = reception.most_calls.get(dialled)
    caller = replace(caller, is_one_too_many=most is not None and others >= most)
    session = received_session(content, flow, caller, world.clock())
    received = Received(opened, caller, session)
    answering = Answering(reception.max_duration, opened.asked_for_as, reception.recording.get(dialled))
    following = _follow(world, contents, received, call, Talk(), answering)
    talking = asyncio.create_task(following, name=call.call_id)
    keep(talking)
    await talking
    return True


async def resume_received_call(world: World, contents: Contents, opened: NewCall, call: LiveCall) -> None:
    """Go on with a call that came in before a crash, at its last confirmed step, to its recorded end."""
    try:
        received = await received_before(world, contents, opened)
        talk = await saved_talk(world, opened.id, received.session)
    except FencedError:
        raise
    except Exception:
        log.exception("a call could not be picked up and is ended", call=opened.id)
        await call.hang_up()
        caller = await world.store.read(lambda tx: caller_of(tx, opened))
        await close_received_call(world, contents, opened, caller, await call.wait_for_end(), Talk())
        return
    await _follow(world, contents, received, call, talk)


async def received_before(world: World, contents: Contents, opened: NewCall) -> Received:
    """Return a call that came in before a crash, with the flow and prompts that it began with."""
    content, now = contents.pinned(opened.content_version), world.clock()
    order = _order(content, opened.flow)
    caller = await world.store.read(lambda tx: caller_of(tx, opened, order, now))
    return Received(opened, caller, received_session(content, opened.flow, caller, now))


async def close_received_call(
    world: World, contents: Contents, opened: NewCall, caller: Caller, report: CallReport, talk: Talk
) -> None:
    """Write the end of a call that came in, with its steps and what was meant in it; once."""
    ended, targets = ReceivedCall(opened, caller, report, talk.state, tuple(talk.steps)), tuple(world.targets)

    def work(tx: Transaction) -> None:
        tx.rule_runs.require_lease(world.owner.epoch)
        record_received_call(tx, contents, world.messaging, targets, ended, world.clock())

    await world.store.write(work)


def _open(tx: Transaction, world: World, opened: NewCall) -> int:
    """Write the call down; return how many others are up that dialled the same number."""
    tx.rule_runs.require_lease(world.owner.epoch)
    others = sum(call.caller_id == opened.caller_id for call in tx.calls.unended_inbound())
    tx.calls.open(opened)
    return others


def _order(content: Content, flow: str) -> tuple[Factor, ...]:
    """Return by what a flow's callers may prove to be somebody."""
    return factor_order(content.profiles.get(content.flows[flow].profile or ""))


async def _follow(
    world: World,
    contents: Contents,
    received: Received,
    call: LiveCall,
    talk: Talk,
    answering: Answering | None = None,
) -> None:
    """See a call through to its recorded end; with an `answering` it is not answered yet."""
    caller, session = received.caller, received.session
    host = Host(world, contents, call)
    try:
        if answering is not None:
            await call.answer(answering.max_duration, answering.story_id)
        answered_at = await call.wait_for_answer()
        if answered_at is not None:
            await world.store.write(lambda tx: tx.calls.answered(call.call_id, answered_at))
            if answering is None:
                recorder = await go_on_recording(host)
            else:
                recorder = await begin_recording(host, session.flow, answering.recording, rule=None)
            await run_flow(replace(host, recorder=recorder), session, talk, answered_at)
    except FencedError:
        raise  # the call is another engine's now
    except Exception:
        log.exception("the answer could not be taken; the call is ended", call=call.call_id)
        await say_goodbye(host, session, talk, "the answer could not be taken")
    await close_received_call(world, contents, received.call, caller, await call.wait_for_end(), talk)
