"""What a session asks its host to do, in order. Commands are data: nothing here touches a phone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from ivr.flows.effects import Effect
from ivr.outcomes.response import Response
from ivr.prompts.segment import Segment


@dataclass(frozen=True, slots=True)
class Say:
    """Put sound on the line; answered by SpeechEnded with the same id when it was heard to its end."""

    say_id: int
    segments: tuple[Segment, ...]
    node: str
    """The node that says it, for the call's log."""


@dataclass(frozen=True, slots=True)
class PlayRecording:
    """Put what the person recorded on the line; answered like a Say."""

    say_id: int
    recording: str
    """The opaque name that RecordVoice came back with."""
    node: str


@dataclass(frozen=True, slots=True)
class StopSpeech:
    """Cut what a Say put on the line (barge-in). No SpeechEnded for it counts any more."""

    say_id: int


@dataclass(frozen=True, slots=True)
class Respond:
    """The person meant something; the host records it with the call."""

    response: Response
    node: str
    details: Mapping[str, object] = field(default_factory=dict)
    """JSON-able, never a secret."""


@dataclass(frozen=True, slots=True)
class Note:
    """A step for the call's log; there is nothing to carry out."""

    node: str
    kind: str
    """`menu_choice`, `no_input`, `no_match`, `gathered`, `effect`, `answered_by`."""
    detail: Mapping[str, object] = field(default_factory=dict)
    """JSON-able, never a gathered digit."""


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """Store the state that comes with this turn: after a drop the session resumes here.

    Comes at most once in a turn, before anything in it is heard, done or ended.
    """


@dataclass(frozen=True, slots=True)
class Hangup:
    """End the call. Always the last command of its turn."""

    reason: str


Command = Say | PlayRecording | StopSpeech | Respond | Note | Effect | Checkpoint | Hangup
