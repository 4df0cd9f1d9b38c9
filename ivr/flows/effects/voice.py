"""What people say on the line, and what callers hear."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal


@dataclass(frozen=True, slots=True)
class RecordVoice:
    """Record what is said on the line. Values: `recording`, its opaque name, and `seconds`.

    A hang-up ends it like silence does: what was said is kept, and the result comes all the same.
    """

    results: ClassVar = ("recorded", "empty", "failed")
    failure: ClassVar = "failed"

    effect_id: int
    max_seconds: float
    silence_seconds: float
    """So long a silence ends it."""
    beep: bool
    end_key: str
    """The key that ends it; it is not fed to the session."""
    kind: Literal["record_voice"] = "record_voice"


@dataclass(frozen=True, slots=True)
class FindPrompt:
    """Look a prompt up by the number that it is recorded under.

    Values: `name`, its `words`, and `is_recorded`, whether there is a recording of it.
    """

    results: ClassVar = ("found", "unknown")
    failure: ClassVar = "unknown"

    effect_id: int
    number: str
    language: str
    kind: Literal["find_prompt"] = "find_prompt"


@dataclass(frozen=True, slots=True)
class KeepRecording:
    """Make a recording what callers hear from now on. `refused`: it is no speech-length sound."""

    results: ClassVar = ("kept", "refused", "failed")
    failure: ClassVar = "failed"

    effect_id: int
    recording: str
    """The opaque name that RecordVoice came back with."""
    number: str
    """That of a prompt, or of the bulletin."""
    language: str
    hours: int | None
    """How long a bulletin is on the air; None: until it is taken off."""
    kind: Literal["keep_recording"] = "keep_recording"


@dataclass(frozen=True, slots=True)
class ClearBulletin:
    """Take the bulletin of a language off the air. `nothing`: there was none."""

    results: ClassVar = ("done", "nothing", "failed")
    failure: ClassVar = "failed"

    effect_id: int
    language: str
    kind: Literal["clear_bulletin"] = "clear_bulletin"
