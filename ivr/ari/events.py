"""What Asterisk tells an application, as frozen events.

An event says which channels it concerns (`channel_ids`). A pressed digit is in no repr.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from ivr.ari.values import Bridge, Channel, Playback, Recording


@dataclass(frozen=True, slots=True)
class AriEvent:
    """Base of every event."""

    at: datetime
    """When it happened, by Asterisk's clock."""

    @property
    def channel_ids(self) -> tuple[str, ...]:
        """The channels that it concerns."""
        return ()


@dataclass(frozen=True, slots=True)
class ChannelEvent(AriEvent):
    """Something happened to one channel."""

    channel: Channel

    @property
    def channel_ids(self) -> tuple[str, ...]:
        """The channels that it concerns."""
        return (self.channel.id,)


@dataclass(frozen=True, slots=True)
class StasisStart(ChannelEvent):
    """The channel is in the application's hands: an inbound call came, or one that we originated is up."""

    args: tuple[str, ...] = ()
    """What the dialplan or the originate passed along."""
    replaces: Channel | None = None
    """The channel whose place it takes, after a transfer."""


@dataclass(frozen=True, slots=True)
class StasisEnd(ChannelEvent):
    """The channel left the application: hung up, or it continues in the dialplan."""


@dataclass(frozen=True, slots=True)
class ChannelCreated(ChannelEvent):
    """A channel came into being."""


@dataclass(frozen=True, slots=True)
class ChannelStateChange(ChannelEvent):
    """The channel rings, is up, …"""


@dataclass(frozen=True, slots=True)
class ChannelDestroyed(ChannelEvent):
    """The channel is gone: the last event about it."""

    cause: int = 0
    """Q.850 cause; 0 where none was set."""
    cause_text: str = ""
    tech_cause: int | None = None
    """The cause as the channel technology says it: for PJSIP the final SIP code where there was one."""


@dataclass(frozen=True, slots=True)
class ChannelHangupRequest(ChannelEvent):
    """Somebody asked for the end of the channel: the far end, usually."""

    cause: int | None = None
    tech_cause: int | None = None
    soft: bool = False


@dataclass(frozen=True, slots=True)
class ChannelDtmfReceived(ChannelEvent):
    """A key was pressed and let go."""

    digit: str = field(default="", repr=False)
    """One of `0-9 * # A-D`."""
    duration_ms: int = 0


@dataclass(frozen=True, slots=True)
class ChannelTalkingStarted(ChannelEvent):
    """Somebody speaks (TALK_DETECT)."""


@dataclass(frozen=True, slots=True)
class ChannelTalkingFinished(ChannelEvent):
    """They fell silent (TALK_DETECT)."""

    duration_ms: int = 0


@dataclass(frozen=True, slots=True)
class ChannelToneDetected(ChannelEvent):
    """A tone that TONE_DETECT was set to hear."""


@dataclass(frozen=True, slots=True)
class ChannelUserEvent(AriEvent):
    """The dialplan said something with `UserEvent()`."""

    name: str
    fields: Mapping[str, str] = field(repr=False, hash=False)
    """What it said, by header."""
    channel: Channel | None = None

    @property
    def channel_ids(self) -> tuple[str, ...]:
        """The channels that it concerns."""
        return () if self.channel is None else (self.channel.id,)


@dataclass(frozen=True, slots=True)
class Dial(AriEvent):
    """Progress of an outgoing leg."""

    peer: Channel
    """The leg that is dialled."""
    status: str
    """Empty while it is being tried, then `RINGING`, `PROGRESS`, `ANSWER`, `BUSY`, `CHANUNAVAIL`, …"""
    caller: Channel | None = None
    dialled: str = ""
    """What is dialled, without its technology: `desk`, `+12025550124@provider`. Told when the leg begins."""

    @property
    def channel_ids(self) -> tuple[str, ...]:
        """The channels that it concerns."""
        return (self.peer.id,) if self.caller is None else (self.peer.id, self.caller.id)


@dataclass(frozen=True, slots=True)
class BridgeEvent(AriEvent):
    """A channel came into a bridge or left it."""

    bridge: Bridge
    channel: Channel | None

    @property
    def channel_ids(self) -> tuple[str, ...]:
        """The channels that it concerns."""
        return () if self.channel is None else (self.channel.id,)


@dataclass(frozen=True, slots=True)
class ChannelEnteredBridge(BridgeEvent):
    """From now on it hears the others."""


@dataclass(frozen=True, slots=True)
class ChannelLeftBridge(BridgeEvent):
    """It hears nobody there any more."""


def _channel_of(target_uri: str) -> tuple[str, ...]:
    kind, _, identifier = target_uri.partition(":")
    return (identifier,) if kind == "channel" else ()


@dataclass(frozen=True, slots=True)
class PlaybackEvent(AriEvent):
    """Something is played to a channel or a bridge."""

    playback: Playback

    @property
    def channel_ids(self) -> tuple[str, ...]:
        """The channels that it concerns."""
        return _channel_of(self.playback.target_uri)


@dataclass(frozen=True, slots=True)
class PlaybackStarted(PlaybackEvent):
    """A medium of the list can be heard: `playback.media_uri`. Comes for each of them."""


@dataclass(frozen=True, slots=True)
class PlaybackContinuing(PlaybackEvent):
    """A medium of the list is over, and another follows: its own PlaybackStarted comes next.

    It comes for one that can't be played as well, at once.
    """


@dataclass(frozen=True, slots=True)
class PlaybackFinished(PlaybackEvent):
    """The list ended; `playback.state` is `failed` where its last medium could not be played."""


@dataclass(frozen=True, slots=True)
class RecordingEvent(AriEvent):
    """A channel or a bridge is recorded."""

    recording: Recording

    @property
    def channel_ids(self) -> tuple[str, ...]:
        """The channels that it concerns."""
        return _channel_of(self.recording.target_uri)


@dataclass(frozen=True, slots=True)
class RecordingStarted(RecordingEvent):
    """It runs."""


@dataclass(frozen=True, slots=True)
class RecordingFinished(RecordingEvent):
    """It is stored."""


@dataclass(frozen=True, slots=True)
class RecordingFailed(RecordingEvent):
    """It could not be made or stored: see `recording.cause`."""


@dataclass(frozen=True, slots=True)
class ApplicationReplaced(AriEvent):
    """Another client connected under our application name and gets our events from now on."""


@dataclass(frozen=True, slots=True)
class UnknownEvent(AriEvent):
    """An event of a type that this package has no use for."""

    type: str
    concerns: tuple[str, ...]
    """The channels it names."""
    payload: Mapping[str, object] = field(repr=False, hash=False)

    @property
    def channel_ids(self) -> tuple[str, ...]:
        """The channels that it concerns."""
        return self.concerns
