"""Everything that is known of a call once it is over."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from ivr.calls.answered_by import AnsweredBy
from ivr.calls.call_result import CallResult
from ivr.calls.hangup_cause import HangupCause


@dataclass(frozen=True, slots=True)
class MediaQuality:
    """What RTP looked like from our side."""

    codec: str | None = None
    packets_sent: int | None = None
    packets_received: int | None = None
    packets_lost: int | None = None
    jitter_ms: float | None = None


@dataclass(frozen=True, slots=True)
class CallReport:
    """The end of one call."""

    call_id: str
    """Equals the ARI channel id, and the attempt's id for a call we placed."""
    result: CallResult
    cause: HangupCause | None
    """None when the switch refused the originate before a channel existed."""
    started_at: datetime
    ended_at: datetime
    ringing_at: datetime | None = None
    answered_at: datetime | None = None
    answered_by: AnsweredBy = AnsweredBy.UNKNOWN
    sip_call_id: str | None = None
    media: MediaQuality = MediaQuality()
    taken_by: str | None = None
    """The agent to whom a queue gave it: a softphone's user name, or a number (E.164)."""

    @property
    def post_dial_delay(self) -> float | None:
        """Seconds from the originate to the first ringing."""
        return (self.ringing_at - self.started_at).total_seconds() if self.ringing_at else None

    @property
    def ring_seconds(self) -> float | None:
        """Seconds of ringing before the answer or the end; None when it never rang."""
        if self.ringing_at is None:
            return None
        return ((self.answered_at or self.ended_at) - self.ringing_at).total_seconds()
