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
from ivr.engine.caller import Caller, caller_of, find_caller
from ivr.engine.content import Contents
from ivr.engine.host import Host
from ivr.engine.ports import NewCall, Transaction
from ivr.engine.reception import Reception
from ivr.engine.record_call import begin_recording, go_on_recording
from ivr.engine.run_flow import Talk, run_flow, saved_talk, say_goodbye
from ivr.engine.start_session import received_session
from ivr.engine.telephony import IncomingCall, LiveCall
from ivr.engine.world import World
from ivr.errors import FencedError
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
    number = reception.number_of(incoming.caller)
    caller = await world.store.read(lambda tx: find_caller(tx, number))
    opened = NewCall(
        id=call.call_id,
        attempt_id=None,
        direction="inbound",
        number=number or "",
        trunk=incoming.trunk,
        caller_id=dialled,
        flow=flow,
        flow_version=content.flows[flow].version,
        started_at=world.clock(),
        content_version=content.version,
        customer_id=caller.customer.id if caller.customer else None,
        story_id=uuid.uuid4().hex,  # the switch numbers its calls: their ids can be guessed
    )
    await world.store.write(lambda tx: _open(tx, world, opened))
    session = received_session(content, flow, caller, world.clock())
    answering = Answering(reception.max_duration, opened.asked_for_as, reception.recording.get(dialled))
    following = _follow(world, contents, caller, session, call, Talk(), answering)
    talking = asyncio.create_task(following, name=call.call_id)
    keep(talking)
    await talking
    return True


async def resume_received_call(world: World, contents: Contents, opened: NewCall, call: LiveCall) -> None:
    """Go on with a call that came in before a crash, at its last confirmed step, to its recorded end."""
    try:
        caller = await world.store.read(lambda tx: caller_of(tx, opened))
        session = session_of(world, contents, opened, caller)
        talk = await saved_talk(world, opened.id)
    except FencedError:
        raise
    except Exception:
        log.exception("a call could not be picked up and is ended", call=opened.id)
        await call.hang_up()
        await close_received_call(world, await call.wait_for_end(), Talk())
        return
    await _follow(world, contents, caller, session, call, talk)


def session_of(world: World, contents: Contents, opened: NewCall, caller: Caller) -> Session:
    """Return the session of a call that came in, with the flow and prompts that it began with."""
    content = contents.pinned(opened.content_version)
    return received_session(content, opened.flow, caller, world.clock())


async def close_received_call(world: World, report: CallReport, talk: Talk) -> None:
    """Write the end of a call that came in, with its steps; once."""

    def work(tx: Transaction) -> None:
        tx.rule_runs.require_lease(world.owner.epoch)
        if tx.calls.close(report):
            tx.calls.add_steps(report.call_id, talk.steps)

    await world.store.write(work)


def _open(tx: Transaction, world: World, opened: NewCall) -> None:
    tx.rule_runs.require_lease(world.owner.epoch)
    tx.calls.open(opened)


async def _follow(
    world: World,
    contents: Contents,
    caller: Caller,
    session: Session,
    call: LiveCall,
    talk: Talk,
    answering: Answering | None = None,
) -> None:
    """See a call through to its recorded end; with an `answering` it is not answered yet."""
    host = Host(world, contents, call, caller.party, caller.number)
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
    await close_received_call(world, await call.wait_for_end(), talk)
