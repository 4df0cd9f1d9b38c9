"""A transcript: a call that was played, as a file, to be played again when flows or prompts have changed."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import yaml
from pydantic import BaseModel, ConfigDict, Field

from ivr.content_file import parse_content
from ivr.errors import ContentError
from ivr.flows.player.moves import HangUp, Move, Press, Screen, SettleElsewhere, StaySilent, write_move

_WIDTH = 100
"""Of the lines of a file, in characters."""
_TALK = re.compile(r"^talk:.*?(?=(?:^#[^\n]*(?:\n|\Z)|^[ \t]*\n)*(?:^[^\s#-]|\Z))", re.MULTILINE | re.DOTALL)
"""The talk of a file, up to the comments before the next field or the end."""


class Transcript(BaseModel):
    """One call: for whom, what effects end in, and step by step what is said, done and pressed."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    flow: str
    """Its name, or its file: a path from the root or from the transcript's folder."""
    about: str = ""
    """What happens in it, for people."""
    language: str
    customer: dict[str, Any] = Field(default_factory=dict)
    """What differs from the sample customer, as `ivr flows play --customer` reads it."""
    results: dict[str, str] = Field(default_factory=dict)
    """What effects end in, by name."""
    talk: tuple[dict[str, Any], ...]
    """The steps, as `step_as_data` writes them."""

    @property
    def keys(self) -> str:
        """What the person does, as `ivr flows play --keys` reads it."""
        return "".join(write_move(move) for step in self.talk if (move := _move_of(step)) is not None)


def _move_of(step: Mapping[str, Any]) -> Move | None:
    """Return what somebody does in a step; None where the flow is speaking or doing something."""
    match step:
        case {"presses": key}:
            return Press(str(key), bool(step.get("cuts_in")))
        case {"stays_silent": _}:
            return StaySilent()
        case {"hangs_up": _}:
            return HangUp()
        case {"screens": _}:
            return Screen()
        case {"settled": _}:
            return SettleElsewhere()
        case _:
            return None


def write_transcript(about: Mapping[str, object], talk: Sequence[Mapping[str, object]]) -> str:
    """Return a transcript as a file has it; `about` are its other fields, empty ones left out."""
    head = {name: value for name, value in about.items() if value}
    return f"{_dumped(head)}\n{_dumped({'talk': list(talk)})}"


def talk_lines(talk: Iterable[Mapping[str, object]]) -> list[str]:
    """Return a talk line by line, one for whatever is said at once."""
    written = yaml.safe_dump(list(talk), allow_unicode=True, sort_keys=False, width=math.inf)
    return written.splitlines(keepends=True)


def with_talk(text: str, talk: Sequence[Mapping[str, object]]) -> str | None:
    """Return a transcript's file with another talk; all else, comments too, stays as it was written.

    None where it can't be: YAML has ways to write a talk (in braces, as an alias) that are not looked for.
    """
    written = _dumped({"talk": list(talk)})
    anew = _TALK.sub(lambda _: written, text, count=1)
    wanted = {**parse_content(text, "").data, **parse_content(written, "").data}
    try:
        return anew if parse_content(anew, "").data == wanted else None
    except ContentError:
        return None


def _dumped(data: Mapping[str, object]) -> str:
    return yaml.safe_dump(dict(data), allow_unicode=True, sort_keys=False, width=_WIDTH)
