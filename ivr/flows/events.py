"""What can happen to a session. The host (phone, player, test) feeds these in, one at a time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from ivr.calls.answered_by import AnsweredBy


@dataclass(frozen=True, slots=True)
class SpeechEnded:
    """The last thing that a Say put on the line has been heard to its end."""

    say_id: int


@dataclass(frozen=True, slots=True)
class Pressed:
    """One key went down. Comes at any time, during speech as well."""

    digit: str = field(repr=False)
    """`0`-`9`, `*` or `#`; kept out of every repr, because it can be part of a secret."""


@dataclass(frozen=True, slots=True)
class TimedOut:
    """The current Wait's time has run out without the event that would have ended it."""


@dataclass(frozen=True, slots=True)
class EffectDone:
    """An effect that the session asked for has its result."""

    effect_id: int
    result: str
    """One of the result names that the effect's command lists (`success`, `declined`, …)."""
    values: Mapping[str, object] = field(default_factory=dict)
    """JSON-able facts for later prompts and branches; never a secret."""


@dataclass(frozen=True, slots=True)
class HungUp:
    """The other side is gone. No command can follow."""

    is_settled_elsewhere: bool = False
    """Whether that comes too late to settle the matter."""


@dataclass(frozen=True, slots=True)
class AnswererHeard:
    """The host has a verdict on who or what picked up. Comes at any time, perhaps more than once."""

    answered_by: AnsweredBy


@dataclass(frozen=True, slots=True)
class AnswererSpeaks:
    """A machine that was thought to record speaks on: what it was told meanwhile is in no message."""


@dataclass(frozen=True, slots=True)
class SettledElsewhere:
    """What has just happened would settle a matter that was settled in another call meanwhile: it comes in
    the place of that."""


FlowEvent = (
    SpeechEnded | Pressed | TimedOut | EffectDone | HungUp | AnswererHeard | AnswererSpeaks | SettledElsewhere
)
