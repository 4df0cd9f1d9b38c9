"""What the manager interface tells about queues, agents and registrations, as frozen values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum, StrEnum

from ivr.errors import AmiError

Headers = Mapping[str, str]
"""One message of the manager interface."""


class DeviceState(IntEnum):
    """What a queue member's telephone is doing: Asterisk's `AST_DEVICE_*`."""

    UNKNOWN = 0
    NOT_IN_USE = 1
    IN_USE = 2
    BUSY = 3
    INVALID = 4
    UNAVAILABLE = 5
    RINGING = 6
    RING_IN_USE = 7
    ON_HOLD = 8

    @classmethod
    def _missing_(cls, value: object) -> DeviceState:  # noqa: ARG003  (the enum's own signature)
        return cls.UNKNOWN


@dataclass(frozen=True, slots=True)
class QueueSummary:
    """How a queue is doing right now."""

    name: str
    agents_logged_in: int
    agents_available: int
    callers: int
    average_hold_s: int
    average_talk_s: int
    longest_hold_s: int
    """How long the caller at the head has waited."""


@dataclass(frozen=True, slots=True)
class QueueMember:
    """An agent in a queue."""

    queue: str
    name: str
    interface: str
    """`PJSIP/alice`."""
    state: DeviceState
    paused: bool
    paused_reason: str
    in_call: bool
    calls_taken: int

    @property
    def is_ready(self) -> bool:
        """Whether a call would be offered to them now."""
        return self.state is DeviceState.NOT_IN_USE and not self.paused and not self.in_call


class RegistrationState(StrEnum):
    """Whether a trunk's carrier knows us."""

    REGISTERED = "Registered"
    UNREGISTERED = "Unregistered"
    """Not yet, or no answer: it is tried again."""
    REJECTED = "Rejected"
    """The carrier said no: user name and password are the first suspects."""
    STOPPED = "Stopped"
    UNKNOWN = "Unknown"

    @classmethod
    def _missing_(cls, value: object) -> RegistrationState:  # noqa: ARG003  (the enum's own signature)
        return cls.UNKNOWN


@dataclass(frozen=True, slots=True)
class Registration:
    """One outbound registration with a carrier."""

    name: str
    server: str
    state: RegistrationState
    next_in_s: int
    """Seconds until it is renewed or tried again."""


def read_queue_summary(message: Headers) -> QueueSummary:
    """Read a `QueueSummary` event."""
    return QueueSummary(
        name=text(message, "Queue"),
        agents_logged_in=whole(message, "LoggedIn"),
        agents_available=whole(message, "Available"),
        callers=whole(message, "Callers"),
        average_hold_s=whole(message, "HoldTime"),
        average_talk_s=whole(message, "TalkTime"),
        longest_hold_s=whole(message, "LongestHoldTime"),
    )


def read_queue_member(message: Headers) -> QueueMember:
    """Read a `QueueMember` event."""
    return QueueMember(
        queue=text(message, "Queue"),
        name=text(message, "Name"),
        interface=text(message, "Location"),
        state=DeviceState(whole(message, "Status")),
        paused=text(message, "Paused") == "1",
        paused_reason=message.get("PausedReason", ""),
        in_call=text(message, "InCall") == "1",
        calls_taken=whole(message, "CallsTaken"),
    )


def read_registration(message: Headers) -> Registration:
    """Read an `OutboundRegistrationDetail` event."""
    return Registration(
        name=text(message, "ObjectName"),
        server=text(message, "ServerUri"),
        state=RegistrationState(text(message, "Status")),
        next_in_s=whole(message, "NextReg"),
    )


def text(message: Headers, key: str) -> str:
    """Return a header that must be there; raises AmiError."""
    value = message.get(key)
    if not value:
        raise AmiError(f"Asterisk sent {message.get('Event', 'an answer')} without {key!r}")
    return value


def whole(message: Headers, key: str) -> int:
    """Return a header that must be an integer; raises AmiError."""
    try:
        return int(text(message, key))
    except ValueError:
        raise AmiError(
            f"Asterisk sent {message.get('Event', 'an answer')} with no integer in {key!r}"
        ) from None
