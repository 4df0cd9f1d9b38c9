"""From Asterisk's events to what the life of a call is told from."""

from __future__ import annotations

from datetime import datetime

from ivr.ari.events import AriEvent, ChannelDestroyed, ChannelStateChange, Dial
from ivr.ari.values import ChannelState
from ivr.calls.call_state import Answered, CallNotice, EarlyMedia, Ended, Ringing
from ivr.calls.hangup_cause import HangupCause
from ivr.telephony.channel_variables import SIP_STATUS


def notice_in(event: AriEvent, call_id: str) -> CallNotice | None:
    """Return what `event` tells about the call, or None.

    An agent's leg that a queue dials for this call is no news about it: only events of its own channel count.
    The status words of a Dial that failed are not used, because Asterisk says NOANSWER for a 404 as well; the
    cause in ChannelDestroyed is right.
    """
    match event:
        case Dial(at=at, peer=peer, status=status) if peer.id == call_id:
            return _notice_in_dial(at, status)
        case ChannelStateChange(at=at, channel=channel) if channel.id == call_id:
            if channel.state is ChannelState.UP:
                return Answered(at)
            return Ringing(at) if channel.state is ChannelState.RINGING else None
        case ChannelDestroyed(at=at, channel=channel) if channel.id == call_id:
            return Ended(at, _cause_in(event))
        case _:
            return None


def _cause_in(event: ChannelDestroyed) -> HangupCause:
    """The reason phrase counts only beside the status it came with: the last answer may be a 183 or a 200."""
    said = event.channel.variables.get(SIP_STATUS, "")
    _, status, reason = (*said.split(" ", 2), "", "", "")[:3]
    return HangupCause(
        q850=event.cause,
        text=event.cause_text,
        sip=event.tech_cause,
        sip_reason=reason if reason and status == str(event.tech_cause) else None,
    )


def _notice_in_dial(at: datetime, status: str) -> CallNotice | None:
    match status:
        case "RINGING":
            return Ringing(at)
        case "PROGRESS":
            return EarlyMedia(at)
        case "ANSWER":
            return Answered(at)
        case _:
            return None
