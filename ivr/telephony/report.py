"""The report of a call that is over."""

from __future__ import annotations

from ivr.ari.values import Channel
from ivr.calls.call_report import CallReport
from ivr.calls.call_result import CallResult
from ivr.calls.call_state import CallState
from ivr.telephony.media_quality import read_media_quality


def report_of(state: CallState, channel: Channel, result: CallResult) -> CallReport:
    """Return the report; `channel` is as the switch last showed it.

    All moments are by Asterisk's clock, so that their differences are right on two machines as well.
    """
    return CallReport(
        call_id=channel.id,
        result=result,
        cause=state.cause,
        started_at=state.started_at,
        ended_at=state.ended_at or state.started_at,
        ringing_at=state.ringing_at,
        answered_at=state.answered_at,
        sip_call_id=channel.protocol_id or None,
        media=read_media_quality(channel.variables),
    )
