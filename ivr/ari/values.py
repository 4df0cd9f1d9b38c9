"""The things that Asterisk tells about, as frozen values: channels, playbacks, recordings, bridges."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from ivr.ari.json_object import JsonObject


class ChannelState(StrEnum):
    """What a channel is doing, in Asterisk's words."""

    DOWN = "Down"
    RESERVED = "Rsrved"
    OFF_HOOK = "OffHook"
    DIALING = "Dialing"
    """An outgoing call; nothing was heard from the far end yet."""
    RING = "Ring"
    """An incoming call that we have not answered."""
    RINGING = "Ringing"
    """An outgoing call; the far end rings."""
    UP = "Up"
    BUSY = "Busy"
    DIALING_OFFHOOK = "Dialing Offhook"
    PRE_RING = "Pre-ring"
    UNKNOWN = "Unknown"

    @classmethod
    def _missing_(cls, value: object) -> ChannelState:  # noqa: ARG003  (the enum's own signature)
        return cls.UNKNOWN


@dataclass(frozen=True, slots=True)
class Channel:
    """Asterisk's leg of a call."""

    id: str
    name: str
    """`PJSIP/trunk-00000001`: technology, endpoint, serial number."""
    state: ChannelState
    caller_number: str
    """Who calls, on an inbound leg; on one that we originated, the caller ID it was given. May be empty."""
    connected_number: str
    """The other side of `caller_number`. May be empty."""
    dialled: str
    """Extension in the dialplan: on an inbound leg the number that was called (DNIS)."""
    context: str
    created_at: datetime
    protocol_id: str
    """The SIP Call-ID; empty where the technology has none."""
    variables: Mapping[str, str] = field(default_factory=dict, repr=False)
    """Those listed as `channelvars` in ari.conf."""
    running: str = ""
    """The dialplan application that has the channel now: `Stasis`, `Queue`, …"""

    @property
    def trunk(self) -> str:
        """The endpoint that it goes through, from its name; empty where the name has another form."""
        return self.name.partition("/")[2].rpartition("-")[0]


def read_channel(source: JsonObject) -> Channel:
    """Read a `Channel` of the protocol."""
    dialplan = source.object("dialplan")
    return Channel(
        id=source.text("id"),
        name=source.text("name"),
        state=ChannelState(source.text("state")),
        caller_number=source.object("caller").text("number"),
        connected_number=source.object("connected").text("number"),
        dialled=dialplan.text("exten"),
        context=dialplan.text("context"),
        created_at=source.moment("creationtime"),
        protocol_id=source.text_or_none("protocol_id") or "",
        variables=source.text_map("channelvars"),
        running=dialplan.text_or_none("app_name") or "",
    )


class PlaybackState(StrEnum):
    """How far a playback got."""

    QUEUED = "queued"
    PLAYING = "playing"
    CONTINUING = "continuing"
    DONE = "done"
    """Played to its end, or stopped by us."""
    FAILED = "failed"
    """The last file could not be played: the listener heard silence."""


@dataclass(frozen=True, slots=True)
class Playback:
    """A list of media being played to one channel or bridge."""

    id: str
    media_uri: str
    """The medium that is played now, or was last."""
    target_uri: str
    """`channel:ID` or `bridge:ID`."""
    state: PlaybackState


def read_playback(source: JsonObject) -> Playback:
    """Read a `Playback` of the protocol."""
    return Playback(
        id=source.text("id"),
        media_uri=source.text("media_uri"),
        target_uri=source.text("target_uri"),
        state=PlaybackState(source.text("state")),
    )


@dataclass(frozen=True, slots=True)
class Recording:
    """A recording that is being made or just ended."""

    name: str
    format: str
    target_uri: str
    """`channel:ID` or `bridge:ID`."""
    state: str
    """`queued`, `recording`, `paused`, `done`, `failed` or `canceled`."""
    seconds: int | None
    """Its length, once it has ended."""
    cause: str | None
    """Why it failed, in Asterisk's words."""


def read_recording(source: JsonObject) -> Recording:
    """Read a `LiveRecording` of the protocol."""
    return Recording(
        name=source.text("name"),
        format=source.text("format"),
        target_uri=source.text("target_uri"),
        state=source.text("state"),
        seconds=source.whole_or_none("duration"),
        cause=source.text_or_none("cause"),
    )


@dataclass(frozen=True, slots=True)
class Bridge:
    """Channels that hear each other (`mixing`), or wait together (`holding`)."""

    id: str
    type: str
    channel_ids: tuple[str, ...]


def read_bridge(source: JsonObject) -> Bridge:
    """Read a `Bridge` of the protocol."""
    return Bridge(source.text("id"), source.text("bridge_type"), source.texts("channels"))


@dataclass(frozen=True, slots=True)
class Application:
    """A Stasis application as Asterisk knows it: what it is told about."""

    name: str
    channel_ids: tuple[str, ...]
    bridge_ids: tuple[str, ...]


def read_application(source: JsonObject) -> Application:
    """Read an `Application` of the protocol."""
    return Application(source.text("name"), source.texts("channel_ids"), source.texts("bridge_ids"))


@dataclass(frozen=True, slots=True)
class RtpStatistics:
    """Media quality of a channel as RTP and RTCP tell it; a figure nobody reported is None."""

    sent_packets: int
    received_packets: int
    lost_sent: int | None
    """Packets of ours that the far end missed."""
    lost_received: int | None
    """Packets of the far end that we missed."""
    jitter_sent_s: float | None
    """Seconds, measured by the far end."""
    jitter_received_s: float | None
    """Seconds, measured by us."""
    round_trip_s: float | None


def read_rtp_statistics(source: JsonObject) -> RtpStatistics:
    """Read an `RTPstat` of the protocol."""
    return RtpStatistics(
        sent_packets=source.whole("txcount"),
        received_packets=source.whole("rxcount"),
        lost_sent=source.whole_or_none("txploss"),
        lost_received=source.whole_or_none("rxploss"),
        jitter_sent_s=source.real_or_none("txjitter"),
        jitter_received_s=source.real_or_none("rxjitter"),
        round_trip_s=source.real_or_none("rtt"),
    )


@dataclass(frozen=True, slots=True)
class AsteriskInfo:
    """Which Asterisk this is."""

    version: str
    entity_id: str
    started_at: datetime
    """A restart in between means that every call of before is gone."""


def read_asterisk_info(source: JsonObject) -> AsteriskInfo:
    """Read an `AsteriskInfo` of the protocol."""
    system = source.object("system")
    return AsteriskInfo(
        system.text("version"), system.text("entity_id"), source.object("status").moment("startup_time")
    )
