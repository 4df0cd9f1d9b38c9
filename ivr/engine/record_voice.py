"""Record what somebody says, and keep it."""

from __future__ import annotations

import uuid

import structlog

from ivr.calls.recording import Recording, RecordingKind
from ivr.engine.host import Host
from ivr.engine.world import World
from ivr.errors import RecordingError
from ivr.flows.effects import RecordVoice
from ivr.flows.events import EffectDone

log = structlog.get_logger()


async def record_voice(host: Host, wanted: RecordVoice) -> EffectDone:
    """Carry out a RecordVoice; the result comes after a hang-up too, with what was said until then."""
    call_id = host.call.call_id
    if not await host.call.record(recording_name(call_id, wanted), wanted):
        return EffectDone(wanted.effect_id, "failed")
    return await recorded(host.world, call_id, wanted)


async def recorded(world: World, call_id: str, wanted: RecordVoice) -> EffectDone:
    """Take a recording that is over into keeping, and return what came of it."""
    name = recording_name(call_id, wanted)
    try:
        seconds = await world.recordings.take(name)
    except RecordingError as error:
        log.error("a recording is lost", call=call_id, error=str(error))  # noqa: TRY400
        return EffectDone(wanted.effect_id, "failed")
    if not seconds:
        await world.recordings.drop(name)
        return EffectDone(wanted.effect_id, "empty")
    now = world.clock()
    until = now + world.keep_remarks
    kept = Recording(name, RecordingKind.REMARK, call_id, None, now, until, ended_at=now, seconds=seconds)
    await world.store.write(lambda tx: tx.recordings.add(kept))
    return EffectDone(wanted.effect_id, "recorded", {"recording": name, "seconds": seconds})


async def forget_recording(host: Host, begun: RecordVoice) -> None:
    """Throw away what an engine that is gone had begun to record: the person is asked again."""
    name = recording_name(host.call.call_id, begun)
    await host.call.discard_recording(name)  # what is said next would wait behind it
    await host.world.recordings.drop(name)


def recording_name(call_id: str, wanted: RecordVoice) -> str:
    """Return the opaque name of an effect's recording: the same before a crash and after it."""
    return uuid.uuid5(uuid.NAMESPACE_OID, f"{call_id}/{wanted.effect_id}").hex
