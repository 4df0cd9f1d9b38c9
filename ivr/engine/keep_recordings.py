"""Fetch the recordings of calls that are over, and delete what was kept long enough."""

from __future__ import annotations

from datetime import datetime

import structlog

from ivr.calls.recording import Recording
from ivr.engine.world import World
from ivr.errors import AriError, RecordingError

log = structlog.get_logger()

AT_ONCE = 100
"""Recordings a transaction, so that it is short."""
RETENTION = "retention"
"""Who deletes what was kept long enough."""


async def keep_recordings(world: World) -> int:
    """Take into keeping what the switch recorded of calls that are over, by whatever engine; return how many.

    One that the switch is not done with, or can't be asked about, is left for the next time.
    """
    if not world.telephony.is_ready:
        return 0
    waiting = await world.store.read(lambda tx: tx.recordings.of_ended_calls(AT_ONCE))
    return sum([await _keep(world, recording, call_ended_at) for recording, call_ended_at in waiting])


async def prune_recordings(world: World) -> int:
    """Delete the sound of every recording that is to be kept no longer; return how many. The row stays."""
    pruned = 0
    now = world.clock()
    while outdated := await world.store.read(lambda tx: tx.recordings.outdated(now, AT_ONCE)):
        for recording in outdated:
            await delete_recording(world, recording, RETENTION, now)
        pruned += len(outdated)
    return pruned


async def delete_recording(world: World, recording: Recording, by: str, at: datetime) -> None:
    """Delete the sound of a recording, and keep that it was."""
    # The file first: what is written down as deleted is nowhere any more.
    await world.recordings.drop(recording.id)
    await world.store.write(lambda tx: tx.recordings.deleted(recording.id, by, at))


async def _keep(world: World, recording: Recording, call_ended_at: datetime) -> bool:
    try:
        if not await world.telephony.end_recording(recording.id):
            return False
    except AriError as error:
        log.warning("a recording can't be asked about", call=recording.call_id, error=str(error))
        return False
    seconds: float | None = None
    try:
        seconds = await world.recordings.keep(recording.id)
    except RecordingError as error:
        log.error("the recording of a call is lost", call=recording.call_id, error=str(error))  # noqa: TRY400
    await world.store.write(lambda tx: tx.recordings.ended(recording.id, call_ended_at, seconds))
    return seconds is not None
