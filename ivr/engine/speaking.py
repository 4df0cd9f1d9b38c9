"""What is said on one call: every word is heard, whatever becomes of its sound file meanwhile."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

import structlog

from ivr.engine.telephony import AgentTook, LiveCall, SpeechBroke
from ivr.engine.world import Speech
from ivr.flows.events import FlowEvent, SpeechEnded
from ivr.prompts.segment import Segment

log = structlog.get_logger()


class Speaking:
    """Says one thing after another on a call; a sound that can't be played is replaced and said again."""

    def __init__(self, call: LiveCall, speech: Speech) -> None:
        self._call = call
        self._speech = speech
        self._say_id: int | None = None
        self._segments: Sequence[Segment] = ()
        self._files: list[Path] = []
        self._first = 0
        """The position among the files from which on they were handed to the call."""
        self._failed: defaultdict[int, list[Path]] = defaultdict(list)
        """By position, the files that could not be played there."""

    async def say(self, say_id: int, segments: Sequence[Segment]) -> None:
        """Begin to say segments one after another."""
        self._say_id, self._segments, self._first = say_id, segments, 0
        self._failed.clear()
        self._files = [*await self._speech.files(segments)]
        await self._call.play(say_id, self._files)

    async def next_event(self, within: float | None) -> FlowEvent | AgentTook:
        """Return the next thing that happens on the call; what broke is said again before that."""
        while True:
            event = await self._call.next_event(within)
            if not isinstance(event, SpeechBroke):
                return event
            if not await self._say_again(event):
                return SpeechEnded(event.say_id)

    async def _say_again(self, broke: SpeechBroke) -> bool:
        """Say what was not heard, and what follows it; False where nothing is left to be said."""
        position = self._first + broke.position
        if broke.say_id != self._say_id or position >= len(self._segments):
            log.error("a sound could not be played, and has no words to say", call=self._call.call_id)
            return False
        self._failed[position].append(self._files[position])
        log.error(
            "a sound could not be played, saying it again",
            call=self._call.call_id,
            file=str(self._files[position]),
        )
        file = await self._speech.instead(self._segments[position], self._failed[position])
        if file is not None:
            self._files[position] = file
        else:
            log.error("nothing can be played in its place, the words are left out", call=self._call.call_id)
            position += 1
        self._first = position
        if left := self._files[position:]:
            await self._call.play(broke.say_id, left)
        return bool(left)
