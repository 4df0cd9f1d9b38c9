"""Record a call, both sides, and leave out what nobody may keep."""

from __future__ import annotations

import uuid

import structlog

from ivr.calls.recording import Recording, RecordingKind
from ivr.engine.call_recorder import CallRecorder, throw_away
from ivr.engine.check_recording import unsaid_notices
from ivr.engine.host import Host
from ivr.flows.flow import Flow
from ivr.rules.recording_terms import RecordingTerms

log = structlog.get_logger()


async def begin_recording(
    host: Host, flow: Flow, terms: RecordingTerms | None, rule: str | None
) -> CallRecorder | None:
    """Begin to record a call that was just answered; None, and the call goes on, where it is not recorded.

    A call whose profile wants it said, and whose flow names no prompt that says it, is not recorded.
    """
    if terms is None or not _is_said(host, flow):
        return None
    world, call_id, now = host.world, host.call.call_id, host.world.clock()
    name = recording_name(call_id)
    row = Recording(name, RecordingKind.CALL, call_id, rule, now, now + terms.keep)
    await world.store.write(lambda tx: tx.recordings.add(row))
    if not await host.call.record_call(name):
        log.error("this call is not recorded", call=call_id)
        await throw_away(world, host.call, name)  # it may have begun all the same
        return None
    return CallRecorder(world, host.call, name, is_paused=False)


async def go_on_recording(host: Host) -> CallRecorder | None:
    """Go on with the recording of a call that was picked up after a crash, where there was one.

    Whether it is paused is not known: the first turn settles it. Where the switch does not say that it goes
    on, it may run on all the same, with nobody to pause it for a secret: it is thrown away.
    """
    name = recording_name(host.call.call_id)
    row = await host.world.store.read(lambda tx: tx.recordings.get(name))
    if row is None or row.ended_at is not None:
        return None
    if not await host.call.record_call(name):
        log.error("the recording of this call does not go on and is thrown away", call=host.call.call_id)
        await throw_away(host.world, host.call, name)
        return None
    return CallRecorder(host.world, host.call, name, is_paused=None)


def recording_name(call_id: str) -> str:
    """Return the opaque name of a call's recording: the same before a crash and after it."""
    return uuid.uuid5(uuid.NAMESPACE_OID, f"{call_id}/call").hex


def _is_said(host: Host, flow: Flow) -> bool:
    unsaid = unsaid_notices(flow, host.contents.live.profiles)
    for name in unsaid:
        log.error(
            "this call is not recorded, because its flow does not say so",
            call=host.call.call_id,
            flow=flow.name,
            profile=flow.profile,
            segment=name,
        )
    return not unsaid
