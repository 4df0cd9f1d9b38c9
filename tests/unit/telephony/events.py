"""Events of one call, as Asterisk tells them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

from ivr.ari import events
from ivr.ari.values import Channel, ChannelState, Playback, PlaybackState, Recording

CALL = "call-1"
START = datetime(2026, 1, 5, 9, tzinfo=UTC)


def second(number: float) -> datetime:
    return START + timedelta(seconds=number)


def channel(
    state: ChannelState = ChannelState.UP,
    *,
    call_id: str = CALL,
    variables: Mapping[str, str] | None = None,
    running: str = "Stasis",
    context: str = "from-trunk",
) -> Channel:
    return Channel(
        id=call_id,
        name="PJSIP/carrier-00000001",
        state=state,
        caller_number="",
        connected_number="",
        dialled="s",
        context=context,
        created_at=START,
        protocol_id="sip-call-id",
        variables=variables or {},
        running=running,
    )


def dialled(
    at: float, status: str, peer: str = CALL, caller: str | None = None, number: str = ""
) -> events.Dial:
    by = None if caller is None else channel(call_id=caller)
    return events.Dial(second(at), channel(call_id=peer), status, by, number)


def is_up(at: float) -> events.ChannelStateChange:
    return events.ChannelStateChange(second(at), channel())


def in_app(at: float, *args: str) -> events.StasisStart:
    return events.StasisStart(second(at), channel(), args)


def pressed(at: float, digit: str) -> events.ChannelDtmfReceived:
    return events.ChannelDtmfReceived(second(at), channel(), digit, 100)


def begun(at: float, playback_id: str, file: Path) -> events.PlaybackStarted:
    medium = f"sound:{file.with_suffix('')}"
    return events.PlaybackStarted(
        second(at), Playback(playback_id, medium, f"channel:{CALL}", PlaybackState.PLAYING)
    )


def continuing(at: float, playback_id: str) -> events.PlaybackContinuing:
    state = PlaybackState.CONTINUING
    return events.PlaybackContinuing(second(at), Playback(playback_id, "sound:a", f"channel:{CALL}", state))


def played(at: float, playback_id: str, state: PlaybackState = PlaybackState.DONE) -> events.PlaybackFinished:
    return events.PlaybackFinished(second(at), Playback(playback_id, "sound:a", f"channel:{CALL}", state))


def recorded(at: float, name: str) -> events.RecordingFinished:
    return events.RecordingFinished(second(at), _recording(name, "done"))


def not_recorded(at: float, name: str) -> events.RecordingFailed:
    return events.RecordingFailed(second(at), _recording(name, "failed"))


def _recording(name: str, state: str) -> Recording:
    return Recording(name, "wav", f"channel:{CALL}", state, 3, None)


def destroyed(
    at: float, cause: int = 16, tech_cause: int | None = None, said: str = ""
) -> events.ChannelDestroyed:
    return events.ChannelDestroyed(
        second(at), channel(variables={"SIP_STATUS": said}), cause, "words", tech_cause
    )
