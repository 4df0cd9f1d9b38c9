"""An office's machine answers and wants an extension."""

from __future__ import annotations

from datetime import timedelta
from typing import Literal

from pydantic import Field

from ivr.carrier.content_model import Span
from ivr.carrier.line import Line
from ivr.carrier.ringing import Ringing
from ivr.carrier.script import Script, follow
from ivr.carrier.tones import RINGBACK


class AutoAttendant(Ringing):
    """Asks for an extension; the right one reaches a person, anything else a goodbye."""

    kind: Literal["auto_attendant"]
    greeting: tuple[str, ...] = ("dir-welcome", "vm-extension")
    extension: str = Field(default="100", pattern=r"^[0-9]{1,8}$")
    """Where somebody is."""
    patience: Span = timedelta(seconds=5)
    """How long it waits for each key."""
    then: Script = ()
    """What the person at the extension does."""

    async def meet(self, line: Line) -> None:
        """Live through one call."""
        await self.ring_and_answer(line)
        await line.play(self.greeting)
        if await self._extension_was_keyed(line):
            await line.play((RINGBACK,))
            line.comes_to_the_phone()
            await follow(self.then, line)
        else:
            await line.play(("vm-goodbye",))
            await line.hang_up()

    async def _extension_was_keyed(self, line: Line) -> bool:
        for wanted in self.extension:
            if await line.next_key(self.patience) != wanted:
                return False
        return True
