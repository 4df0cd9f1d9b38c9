"""What a person does after picking up, step by step."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import timedelta
from typing import Self

from pydantic import Field, field_validator, model_validator

from ivr.carrier.content_model import ContentModel, Span
from ivr.carrier.line import DtmfBy, Line, Moment

_KEYS = re.compile(r"[0-9*#A-D]+\Z", re.ASCII)


class Step(ContentModel):
    """Wait for something, then do one thing: `{once: speech_stops, wait: 0.5s, press: "1"}`.

    A step that only waits is fine too.
    """

    once: Moment | None = None
    """Wait for this in the caller's speech."""
    hears: str | None = Field(default=None, min_length=1)
    """Wait until a prompt with this in its text is played."""
    to_its_end: bool = False
    """Wait until the prompt of `hears` is over, not only until it is being played."""
    wait: Span = timedelta(0)
    """Then wait this long."""
    press: str | None = None
    """Keys; `"11"` is a doubled digit."""
    by: DtmfBy = DtmfBy.RFC4733
    """How the keys travel."""
    say: tuple[str, ...] = ()
    """Names of Asterisk sounds."""
    hang_up: bool = False

    @field_validator("press", mode="before")
    @classmethod
    def _only_keys(cls, keys: object) -> object:
        if keys is not None and not (isinstance(keys, str) and _KEYS.match(keys)):
            raise ValueError(f'{keys!r} is not on a keypad; use 0-9 * # A-D in quotes, like "1"')
        return keys

    @model_validator(mode="after")
    def _one_thing(self) -> Self:
        if (self.press is not None) + bool(self.say) + self.hang_up > 1:
            raise ValueError("a step does one thing; give one of press, say and hang_up: true")
        if not self.model_fields_set:
            raise ValueError("a step says nothing; give press, say, hang_up: true or something to wait for")
        if self.to_its_end and self.hears is None:
            raise ValueError("nothing is heard to its end; give hears, or remove to_its_end")
        if self.once is not None and self.hears is not None:
            raise ValueError("a step waits for one thing; give once or hears, or make two steps")
        return self


Script = tuple[Step, ...]


async def follow(script: Sequence[Step], line: Line) -> None:
    """Do the steps one after the other on an answered line; at the end the line stays up."""
    for step in script:
        await _wait_for(step, line)
        if step.press is not None:
            await line.press(step.press, step.by)
        elif step.say:
            await line.play(step.say)
        elif step.hang_up:
            await line.hang_up()
            return


async def _wait_for(step: Step, line: Line) -> None:
    if step.once is not None:
        await line.hears(step.once)
    if step.hears is not None:
        await line.hears_phrase(step.hears)
    if step.to_its_end:
        await line.hears_it_out()
    if step.wait:
        await line.wait(step.wait)
