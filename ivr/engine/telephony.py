"""What the use cases need of a telephone: place a call, talk on it, learn how it ended."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Protocol

from ivr.calls.call_report import CallReport
from ivr.flows.effects import RecordVoice
from ivr.flows.events import FlowEvent
from ivr.phone_number import PhoneNumber


@dataclass(frozen=True, slots=True)
class Listening:
    """How it is found out who or what picked up."""

    beeps_hz: tuple[int, ...] = ()
    """The tones after which voicemail on this line records; without them it is known by two silences."""


@dataclass(frozen=True, slots=True)
class CallOrder:
    """A call to be placed."""

    call_id: str
    """The attempt's id; becomes the channel's id, so that the switch refuses it twice while it lives."""
    number: PhoneNumber
    trunk: str
    caller_id: PhoneNumber | None
    ring_timeout: float
    """Seconds of ringing before the call is given up."""
    max_duration: float
    """Seconds after which the switch itself ends the call, whatever became of the engine."""
    listening: Listening | None = None
    """How to listen who answers: AnswererHeard and AnswererSpeaks come of it; None: nobody listens."""


@dataclass(frozen=True, slots=True)
class Vault:
    """Somebody else's IVR that takes cards for us."""

    endpoint: str
    """What the switch dials."""
    webhook: str
    """The webhook that tells what came of a hand-off."""
    ring_seconds: float
    longest_seconds: float
    """How long the talk there may last."""


@dataclass(frozen=True, slots=True)
class Outside:
    """A telephone number that a call is connected with."""

    number: PhoneNumber
    trunk: str
    caller_id: PhoneNumber | None
    """What it is shown; None: what the trunk shows by itself."""
    ring_seconds: float
    longest_seconds: float
    """How long the talk there may last."""
    reference: str | None = field(default=None, repr=False)
    """Told there as the SIP header X-Reference."""


@dataclass(frozen=True, slots=True)
class SpeechBroke:
    """A file of a speech can't be played: it was not heard, those before it were, and silence follows."""

    say_id: int
    position: int
    """Of the file among those that `play` was given, from 0."""


@dataclass(frozen=True, slots=True)
class AgentTook:
    """Somebody took the call to whom it was handed."""

    agent: str
    """A softphone's user name, or a number (E.164)."""
    at: datetime


@dataclass(frozen=True, slots=True)
class IncomingCall:
    """A call that came in and that nobody has answered yet, as the network tells of it."""

    dialled: str
    """The number that was dialled."""
    caller: str
    """The number that is calling; empty when it is withheld. A hint: anybody can send any number."""
    trunk: str
    """Or the softphone that it came from."""


class LiveCall(Protocol):
    """One call that exists on the switch."""

    @property
    def call_id(self) -> str: ...

    @property
    def is_answered(self) -> bool:
        """Whether it is answered already (an adopted call may be)."""
        ...

    async def answer(self, max_duration: float, story_id: str) -> None:
        """Pick up a call that came in; the switch itself ends it after `max_duration` seconds.

        `story_id` is kept with the channel, for the telephone of whoever takes the call.
        """
        ...

    async def reject(self) -> None:
        """Refuse a call that came in and that nobody has answered."""
        ...

    async def wait_for_answer(self) -> datetime | None:
        """Return the moment of the answer (not of early media), or None when the call ended without one."""
        ...

    async def play(self, say_id: int, files: Sequence[Path]) -> None:
        """Start to play WAV files one after another; SpeechEnded with `say_id` follows when all were heard.

        SpeechBroke follows at the first that can't be played.
        """
        ...

    async def stop_playing(self, say_id: int) -> None:
        """Cut the playback; neither SpeechEnded nor SpeechBroke comes for it any more."""
        ...

    async def transfer(self, effect_id: int, queue: str, priority: int = 0, language: str = "en") -> None:
        """Hand the caller to a queue, before those of less priority; what it says is in `language`.

        EffectDone (done, no_agent, failed) follows, or HungUp. The agent's telephone is told the call's id.
        """
        ...

    @property
    def is_elsewhere(self) -> bool:
        """Whether a queue, or somebody outside, has the call now."""
        ...

    @property
    def is_over(self) -> bool:
        """Whether it has ended."""
        ...

    async def transfer_out(self, effect_id: int, outside: Outside) -> None:
        """Dial a number outside and connect the call with it; until it answers the caller hears ringing.

        EffectDone (done, no_agent, failed) follows, or HungUp.
        """
        ...

    async def back_from_outside(self, effect_id: int, number: str) -> str | None:
        """Return what came of a number outside that an earlier engine dialled by this effect.

        None: it did not dial it.

        Who took it there is told as AgentTook.
        """
        ...

    async def hand_over(self, vault: Vault, reference: str) -> bool:
        """Connect the call with the vault; return when it or the caller is gone.

        Returns whether it answered. `reference` goes to it as the SIP header X-Reference. Keys that are
        pressed meanwhile are the vault's: we are not told of them.
        """
        ...

    async def come_back(self) -> None:
        """Return when a call that an earlier engine handed to the vault is back, or over."""
        ...

    async def record(self, name: str, wanted: RecordVoice) -> bool:
        """Record what the other side says, to its end; False when the switch made no recording.

        It ends by silence, by the key, after the longest time, or when the call does: what was said until
        then is kept. Keys pressed meanwhile are not kept. `Recordings.take` has it afterwards.
        """
        ...

    async def discard_recording(self, name: str) -> None:
        """Stop a recording that an earlier engine began, and throw it away."""
        ...

    async def record_call(self, name: str) -> bool:
        """Record both sides until the call ends, or go on with it; False when that can't be had."""
        ...

    async def pause_recording(self, name: str) -> bool:
        """Leave out what is heard from now on; False when that can't be had."""
        ...

    async def resume_recording(self, name: str) -> bool:
        """Go on after a pause, or without one; False when that can't be had."""
        ...

    async def hang_up(self) -> None:
        """End the call; nothing happens when it is over already."""
        ...

    def remember_taker(self, agent: str) -> None:
        """Take in who took the call before an engine that is gone was told of nothing more."""
        ...

    async def next_event(self, within: float | None) -> FlowEvent | SpeechBroke | AgentTook:
        """Return the next thing that happens, oldest first; TimedOut after `within` seconds without any.

        Keys pressed while nobody was waiting are kept. Once the other side is gone: HungUp, every time.
        """
        ...

    async def wait_for_end(self) -> CallReport:
        """Return everything that is known of the call once it is over."""
        ...


class Telephony(Protocol):
    """The switch, as far as calls go."""

    @property
    def is_ready(self) -> bool:
        """Whether a call may be placed now; False while nobody would hear the switch's answer."""
        ...

    @property
    def lines_taken(self) -> int:
        """How many calls are up, those that calls of ours are connected with outside among them."""
        ...

    @property
    def legs_outside(self) -> int:
        """How many of them are such."""
        ...

    async def place(self, order: CallOrder) -> LiveCall:
        """Ask the switch to dial.

        Raises AriRefusedError when it was certainly not dialled, AriUnavailableError when nobody knows.
        """
        ...

    def listen(self, call_id: str, listening: Listening) -> None:
        """Listen who picks up, or picked up, a live call of ours, in the place of whoever did before."""
        ...

    async def adopt_live_calls(self) -> Sequence[LiveCall]:
        """Take up the calls of ours that live on the switch and that nobody listens to."""
        ...

    def live_call_of(self, agent: str) -> str | None:
        """Return the id of the live call that this agent took last, a softphone or a number (E.164).

        The agent may be gone from it while the other side is still there. None: they took none that lives.
        """
        ...

    async def end_recording(self, name: str) -> bool:
        """Ask for the end of a recording; True once it has ended and is whole. Raises AriError."""
        ...

    async def hang_up_all(self) -> None:
        """End every live call of ours."""
        ...
