"""What the client itself has to tell: about the event socket, between the events of Asterisk."""

from __future__ import annotations

from dataclasses import dataclass

from ivr.ari.events import AriEvent
from ivr.ari.values import Channel


@dataclass(frozen=True, slots=True)
class Connected:
    """The event socket is up, its filter is set, and originating is allowed.

    Events between the last Disconnected and this are lost: whoever waits for a channel that is not in
    `channels` waits in vain, its call is over.
    """

    first: bool
    """Whether this is the first connection of this client."""
    channels: tuple[Channel, ...]
    """The live channels of our application: those in it, and those it originated, wherever they are now."""


@dataclass(frozen=True, slots=True)
class Disconnected:
    """The event socket is down: nothing is originated until it is up again; live calls go on."""

    reason: str


@dataclass(frozen=True, slots=True)
class Replaced:
    """Another client took our application name; this one gets no more events and does not connect again."""


Notice = Connected | Disconnected | Replaced
Incoming = AriEvent | Notice
"""What a subscriber receives."""
