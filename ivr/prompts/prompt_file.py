"""Prompts as they are written: `prompts/<language>/<any name>.yaml`.

prompts:
  overdue-identify:
    tier: anyone
    text: Hello, this is {{ company.name }}.
  balance:
    tier: verified
    tts: slots
    slots: recorded
    segments:
      - clip: your-balance-is
      - slot: account.balance | money
"""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StrictStr, model_validator

from ivr.prompts.policy import TtsPolicy

_NAME = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*\Z", re.ASCII)


def sound_name(name: str) -> str:
    """Return the name of a prompt; raises ValueError for one that could be no file's name."""
    if not _NAME.match(name):
        raise ValueError(f"{name!r} is no name of a prompt; use lower-case words joined by hyphens")
    return name


Name = Annotated[StrictStr, AfterValidator(sound_name)]


class PromptFile(BaseModel):
    """One YAML file of prompts in one language."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    prompts: Annotated[dict[Name, Any], Field(min_length=1)]
    """By name; each entry is a `PromptEntry`."""


class SegmentEntry(BaseModel):
    """One part of a prompt: a `clip`, a `text` or a `slot`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    clip: Name | None = None
    """Another prompt of the same language, without slots: its recording, or its words until there is one."""
    text: StrictStr | None = None
    """Wording, spoken: Jinja2 as in `PromptEntry.text`."""
    slot: StrictStr | None = None
    """A value by itself, `account.balance | money`, which can come from recorded clips."""

    @model_validator(mode="after")
    def _is_one_thing(self) -> Self:
        if len(self.model_fields_set) != 1:
            raise ValueError("this is not one thing; write `clip`, `text` or `slot`, one for each segment")
        return self


class PromptEntry(BaseModel):
    """One prompt as it is written, by `text` or by `segments`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    text: StrictStr | None = None
    """The wording: Jinja2 with slots such as `{{ account.amount_due | money }}`."""
    segments: Annotated[tuple[SegmentEntry, ...], Field(min_length=1)] | None = None
    """What is heard, in order."""
    tier: Literal["anyone", "confirmed", "verified"] = "anyone"
    """Who may hear it."""
    tts: TtsPolicy = TtsPolicy.FALLBACK
    """When it may be spoken by text-to-speech."""
    slots: Literal["speech", "recorded"] = "speech"
    """How `slot` segments are said. Slots inside a text are spoken with it: a voice that changes in
    mid-sentence is hard to follow."""
    voice: Annotated[StrictStr, Field(pattern=r"^[a-z0-9-]*$")] = ""
    """A voice of the `[speech]` settings (`announcer` for `en/announcer`); empty: the usual one."""

    @model_validator(mode="after")
    def _has_one_wording(self) -> Self:
        if (self.text is None) == (self.segments is None):
            raise ValueError("a prompt has one wording; write either `text` or `segments`")
        if self.slots == "recorded" and not any(part.slot for part in self.segments or ()):
            raise ValueError("no segment is a slot that clips could say; leave `slots: recorded` out")
        return self
