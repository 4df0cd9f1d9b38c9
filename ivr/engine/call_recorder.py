"""The recording of one call while it is made: paused for secrets, given up where that can't be had."""

from __future__ import annotations

import structlog

from ivr.engine.telephony import LiveCall
from ivr.engine.world import World

log = structlog.get_logger()


class CallRecorder:
    """Pauses and goes on, turn by turn."""

    def __init__(self, world: World, call: LiveCall, name: str, *, is_paused: bool | None) -> None:
        """Take in hand what is being recorded; `is_paused` None: nobody knows whether it is."""
        self._world = world
        self._call = call
        self._name = name
        self._is_paused = is_paused
        self._is_given_up = False

    async def heed(self, *, is_private: bool) -> None:
        """Record nothing while what is keyed or said is a secret, everything else; comes before each turn.

        A recording that can't be paused is stopped and thrown away: better none than one with a secret.
        """
        if self._is_given_up or self._is_paused is is_private:
            return
        if is_private:
            self._is_paused = True
            if not await self._call.pause_recording(self._name):
                await self._give_up()
        elif await self._call.resume_recording(self._name):
            self._is_paused = False

    async def _give_up(self) -> None:
        log.error("a recording could not be paused for a secret and is thrown away", call=self._call.call_id)
        self._is_given_up = True
        await throw_away(self._world, self._call, self._name)


async def throw_away(world: World, call: LiveCall, name: str) -> None:
    """Give up a recording that nobody can pause: it ends, and nothing of it is kept."""
    await world.store.write(lambda tx: tx.recordings.ended(name, world.clock(), None))
    await call.discard_recording(name)
    await world.recordings.drop(name)
