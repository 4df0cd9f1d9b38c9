"""A call's life as a fold: notices in, state out. No clock, no switch, no waiting.

The network may skip steps, repeat them or tell them late; the first of each kind counts, and nothing counts
after the end.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from ivr.calls.hangup_cause import HangupCause


class CallPhase(StrEnum):
    """How far a call has come."""

    DIALING = "dialing"
    """Handed to the network; nothing was heard from the far end yet."""
    RINGING = "ringing"
    """The far end rings (SIP 180)."""
    EARLY_MEDIA = "early_media"
    """The network plays something before anybody has answered (SIP 183): an announcement or ring-back."""
    ANSWERED = "answered"
    """Somebody or something picked up."""
    ENDED = "ended"
    """Over, answered or not."""


@dataclass(frozen=True, slots=True)
class Ringing:
    """The far end rings."""

    at: datetime


@dataclass(frozen=True, slots=True)
class EarlyMedia:
    """Sound comes from the network though nobody has answered."""

    at: datetime


@dataclass(frozen=True, slots=True)
class Answered:
    """The call was picked up."""

    at: datetime


@dataclass(frozen=True, slots=True)
class Ended:
    """The call is over."""

    at: datetime
    cause: HangupCause | None
    """None when nobody told: the end was noticed only because the call was missing from the switch."""


CallNotice = Ringing | EarlyMedia | Answered | Ended
"""What can be heard about a call, from whatever switch."""


@dataclass(frozen=True, slots=True)
class CallState:
    """What is known of one call so far."""

    started_at: datetime
    ringing_at: datetime | None = None
    early_media_at: datetime | None = None
    answered_at: datetime | None = None
    ended_at: datetime | None = None
    cause: HangupCause | None = None

    @property
    def phase(self) -> CallPhase:
        """The furthest step that was reached."""
        if self.ended_at is not None:
            return CallPhase.ENDED
        if self.answered_at is not None:
            return CallPhase.ANSWERED
        if self.early_media_at is not None:
            return CallPhase.EARLY_MEDIA
        if self.ringing_at is not None:
            return CallPhase.RINGING
        return CallPhase.DIALING


def advance(state: CallState, notice: CallNotice) -> CallState:
    """Return the state after `notice`; one that is repeated, late or after the end changes nothing."""
    if state.ended_at is not None:
        return state
    match notice:
        case Ended(at, cause):
            return replace(state, ended_at=at, cause=cause)
        case Answered(at):
            return state if state.answered_at else replace(state, answered_at=at)
        case Ringing(at):
            return state if state.answered_at or state.ringing_at else replace(state, ringing_at=at)
        case EarlyMedia(at):
            return state if state.answered_at or state.early_media_at else replace(state, early_media_at=at)
