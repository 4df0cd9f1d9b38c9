"""From a text frame of the event socket to an event."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import datetime
from types import MappingProxyType

from ivr.ari import events
from ivr.ari.events import AriEvent
from ivr.ari.json_object import JsonObject
from ivr.ari.values import Channel, read_bridge, read_channel, read_playback, read_recording
from ivr.errors import AriError

_Reader = Callable[[datetime, JsonObject], AriEvent]


def parse_event(frame: str | bytes) -> AriEvent:
    """Return the event in `frame`; one of a type we don't know is an UnknownEvent.

    Raises AriError for what is no event, or lacks a field that its type must have.
    """
    try:
        data: object = json.loads(frame)
    except ValueError:
        raise AriError("Asterisk sent a frame that is no JSON") from None
    kind = JsonObject(data, "an event").text("type")
    source = JsonObject(data, kind)
    at = source.moment("timestamp")
    reader = _READERS.get(kind)
    if reader is None:
        return _read_unknown(at, kind, data)
    return reader(at, source)


def _channel(source: JsonObject) -> Channel:
    return read_channel(source.object("channel"))


def _channel_or_none(source: JsonObject, key: str) -> Channel | None:
    found = source.object_or_none(key)
    return None if found is None else read_channel(found)


def _read_stasis_start(at: datetime, source: JsonObject) -> AriEvent:
    replaces = _channel_or_none(source, "replace_channel")
    return events.StasisStart(at, _channel(source), source.texts("args"), replaces)


def _read_destroyed(at: datetime, source: JsonObject) -> AriEvent:
    return events.ChannelDestroyed(
        at,
        _channel(source),
        cause=source.whole("cause"),
        cause_text=source.text("cause_txt"),
        tech_cause=source.whole_or_none("tech_cause"),
    )


def _read_hangup_request(at: datetime, source: JsonObject) -> AriEvent:
    return events.ChannelHangupRequest(
        at,
        _channel(source),
        cause=source.whole_or_none("cause"),
        tech_cause=source.whole_or_none("tech_cause"),
        soft=source.truth("soft"),
    )


def _read_dtmf(at: datetime, source: JsonObject) -> AriEvent:
    return events.ChannelDtmfReceived(
        at, _channel(source), digit=source.text("digit"), duration_ms=source.whole("duration_ms")
    )


def _read_talking_finished(at: datetime, source: JsonObject) -> AriEvent:
    return events.ChannelTalkingFinished(at, _channel(source), duration_ms=source.whole("duration"))


def _read_user_event(at: datetime, source: JsonObject) -> AriEvent:
    return events.ChannelUserEvent(
        at,
        name=source.text("eventname"),
        fields=source.text_map("userevent"),
        channel=_channel_or_none(source, "channel"),
    )


def _read_dial(at: datetime, source: JsonObject) -> AriEvent:
    return events.Dial(
        at,
        peer=read_channel(source.object("peer")),
        status=source.text("dialstatus"),
        caller=_channel_or_none(source, "caller"),
        dialled=source.text_or_none("dialstring") or "",
    )


def _of_channel(make: type[events.ChannelEvent]) -> _Reader:
    return lambda at, source: make(at, _channel(source))


def _of_bridge(make: type[events.BridgeEvent]) -> _Reader:
    return lambda at, source: make(
        at, read_bridge(source.object("bridge")), _channel_or_none(source, "channel")
    )


def _of_playback(make: type[events.PlaybackEvent]) -> _Reader:
    return lambda at, source: make(at, read_playback(source.object("playback")))


def _of_recording(make: type[events.RecordingEvent]) -> _Reader:
    return lambda at, source: make(at, read_recording(source.object("recording")))


def _read_unknown(at: datetime, kind: str, data: object) -> AriEvent:
    payload = data if isinstance(data, dict) else {}
    channel = payload.get("channel")
    identifier = channel.get("id") if isinstance(channel, dict) else None
    concerns = (identifier,) if isinstance(identifier, str) else ()
    return events.UnknownEvent(at, kind, concerns, MappingProxyType(payload))


_READERS: Mapping[str, _Reader] = {
    "ApplicationReplaced": lambda at, _source: events.ApplicationReplaced(at),
    "ChannelCreated": _of_channel(events.ChannelCreated),
    "ChannelDestroyed": _read_destroyed,
    "ChannelDtmfReceived": _read_dtmf,
    "ChannelEnteredBridge": _of_bridge(events.ChannelEnteredBridge),
    "ChannelHangupRequest": _read_hangup_request,
    "ChannelLeftBridge": _of_bridge(events.ChannelLeftBridge),
    "ChannelStateChange": _of_channel(events.ChannelStateChange),
    "ChannelTalkingFinished": _read_talking_finished,
    "ChannelTalkingStarted": _of_channel(events.ChannelTalkingStarted),
    "ChannelToneDetected": _of_channel(events.ChannelToneDetected),
    "ChannelUserevent": _read_user_event,
    "Dial": _read_dial,
    "PlaybackContinuing": _of_playback(events.PlaybackContinuing),
    "PlaybackFinished": _of_playback(events.PlaybackFinished),
    "PlaybackStarted": _of_playback(events.PlaybackStarted),
    "RecordingFailed": _of_recording(events.RecordingFailed),
    "RecordingFinished": _of_recording(events.RecordingFinished),
    "RecordingStarted": _of_recording(events.RecordingStarted),
    "StasisEnd": _of_channel(events.StasisEnd),
    "StasisStart": _read_stasis_start,
}

KNOWN_TYPES = tuple(_READERS)
"""The types that `parse_event` understands, in Asterisk's words."""
