"""What a called party can do with a call, whatever carries it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol


class DtmfBy(StrEnum):
    """How a pressed key travels."""

    RFC4733 = "rfc4733"
    """As RTP events."""
    INFO = "info"
    """As SIP INFO requests."""
    INBAND = "inband"
    """As tones in the audio."""


class Moment(StrEnum):
    """Something in the caller's speech that a person waits for."""

    SPEECH_STARTS = "speech_starts"
    SPEECH_STOPS = "speech_stops"
    """The end of speech that is going on, or else of the next."""


@dataclass(frozen=True, slots=True)
class Invite:
    """One INVITE that reached a person."""

    line: str
    """Id of the carrier's channel."""
    dialled: str
    attempt_id: str
    """The `X-Attempt-Id` header; empty where the caller sent none."""
    caller_id: str
    """The number shown; empty where it is withheld."""
    sip_call_id: str
    at: datetime


class Line(Protocol):
    """One call at a person's end.

    A coroutine that waits here is cancelled when the caller hangs up, so a behaviour says only what its
    person does as long as somebody is there.
    """

    @property
    def invite(self) -> Invite:
        """The call's beginning."""
        ...

    async def ring(self) -> None:
        """Let the caller hear ringing (SIP 180)."""
        ...

    async def answer(self) -> None:
        """Pick up."""
        ...

    async def refuse(self, status: int) -> None:
        """End the unanswered call with a SIP status of 400 to 699 in its standard words."""
        ...

    async def refuse_by_analytics(self) -> None:
        """End the unanswered call as an analytics engine in the network does: `603 Network Blocked`."""
        ...

    async def hang_up(self) -> None:
        """End the answered call."""
        ...

    async def press(self, keys: str, by: DtmfBy) -> None:
        """Press keys (`0-9 * # A-D`) one after the other."""
        ...

    async def play(self, sounds: Sequence[str]) -> None:
        """Say sounds by name, to their end; before the answer this is early media (SIP 183)."""
        ...

    async def hears(self, moment: Moment) -> None:
        """Return when it happens."""
        ...

    def comes_to_the_phone(self) -> None:
        """Take over from a machine: what was played to it was not heard by the person."""
        ...

    async def hears_phrase(self, phrase: str) -> None:
        """Return when a prompt with `phrase` in its text has been played to the caller's end of this call."""
        ...

    async def hears_it_out(self) -> None:
        """Return when the prompt that the last phrase was found in is over, heard or cut."""
        ...

    async def next_key(self, within: timedelta) -> str | None:
        """Return the next key that the caller sends, or None when none comes."""
        ...

    async def take_message(self, silence: timedelta, longest: timedelta) -> None:
        """Record the caller until they are silent for `silence`, or `longest` is over. Whole seconds."""
        ...

    async def wait(self, span: timedelta) -> None:
        """Do nothing."""
        ...
