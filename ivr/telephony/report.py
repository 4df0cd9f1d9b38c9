"""The report of a call that is over."""

from __future__ import annotations

from ivr.ari.values import Channel
from ivr.calls.call_report import CallReport
from ivr.calls.call_result import CallResult
from ivr.calls.call_state import CallState
from ivr.telephony.cause_map import CauseOverrides, unanswered_result
from ivr.telephony.media_quality import read_media_quality


def report_of(
    state: CallState,
    channel: Channel,
    given_up: bool,
    causes: CauseOverrides,
    taken_by: str | None,
) -> CallReport:
    """Return the report; `channel` is as the switch last showed it, `given_up`: we ended it unanswered.

    All moments are by Asterisk's clock, so that their differences are right on two machines as well.
    """
    return CallReport(
        call_id=channel.id,
        result=_result(state, given_up, causes),
        cause=state.cause,
        started_at=state.started_at,
        ended_at=state.ended_at or state.started_at,
        ringing_at=state.ringing_at,
        answered_at=state.answered_at,
        sip_call_id=channel.protocol_id or None,
        media=read_media_quality(channel.variables),
        taken_by=taken_by,
    )


def _result(state: CallState, given_up: bool, causes: CauseOverrides) -> CallResult:
    if state.answered_at is not None:
        return CallResult.ANSWERED
    if given_up:
        return CallResult.CANCELLED
    if state.cause is None:
        return CallResult.FAILED
    alerted = state.ringing_at is not None or state.early_media_at is not None
    return unanswered_result(state.cause, alerted=alerted, overrides=causes)
