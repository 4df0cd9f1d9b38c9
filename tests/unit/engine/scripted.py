"""The world around the use cases as scripts of answers: nothing here decides anything."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from ivr.accounts.payment_method import PaymentMethod
from ivr.calls.call_report import CallReport
from ivr.calls.call_result import CallResult
from ivr.calls.hangup_cause import HangupCause
from ivr.engine.content_version import ContentFiles
from ivr.engine.telephony import AgentTook, CallOrder, Listening, LiveCall, Outside, SpeechBroke, Vault
from ivr.engine.world import Evidence
from ivr.errors import ContentError, GatewayError, Problem, RecordingError, SpeechError, WebhookError
from ivr.flows.effects import RecordVoice
from ivr.flows.events import FlowEvent, HungUp, Pressed, SpeechEnded
from ivr.payments.intent import ChargeResult, IntentState, PaymentIntent
from ivr.prompts.segment import Segment

NORMAL_CLEARING = HangupCause(16, "Normal Clearing")


class HandClock:
    """A clock that stands until it is moved."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def advance(self, **span: float) -> None:
        self.now += timedelta(**span)


def report(
    call_id: str, now: datetime, result: CallResult, cause: HangupCause | None = NORMAL_CLEARING
) -> CallReport:
    """Return the end of a call that began ten seconds before `now`."""
    began = now - timedelta(seconds=10)
    answered_at = began if result is CallResult.ANSWERED else None
    return CallReport(call_id, result, cause, started_at=began, ended_at=now, answered_at=answered_at)


@dataclass
class ScriptedCall:
    """A call on which `events` happen one after the other; afterwards the other side is gone.

    A key comes while the speech is on the line; `HEARD` is the speech's end.
    """

    call_id: str
    end: CallReport
    events: list[FlowEvent | SpeechBroke | AgentTook | str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    cut: list[int] = field(default_factory=list)
    hung_up: bool = False
    records: bool = True
    answered_for: float | None = None
    """The longest time of a call that came in, once it was picked up."""
    discarded: list[str] = field(default_factory=list)
    vault_answers: bool = True
    handed_over: list[tuple[str, str]] = field(default_factory=list)
    """Endpoint and reference of each hand-over."""
    is_elsewhere: bool = False
    is_over: bool = False
    outside: list[Outside] = field(default_factory=list)
    """The numbers outside that it was connected with."""
    came_of_outside: dict[int, str] = field(default_factory=dict)
    """What came of numbers that an earlier engine dialled, by effect."""
    takers: list[str] = field(default_factory=list)
    """Who an earlier engine saw take it."""
    pauses: bool = True
    recorded: list[str] = field(default_factory=list)
    """What was asked for the recording of the call, in order."""
    _say_id: int = 0

    @property
    def is_answered(self) -> bool:
        return self.end.answered_at is not None

    async def answer(self, max_duration: float, story_id: str) -> None:
        self.answered_for = max_duration

    async def reject(self) -> None:
        self.said.append("rejected")

    async def wait_for_answer(self) -> datetime | None:
        return self.end.answered_at

    async def play(self, say_id: int, files: Sequence[Path]) -> None:
        self._say_id = say_id
        self.said += [str(file) for file in files]

    async def stop_playing(self, say_id: int) -> None:
        self.cut.append(say_id)

    async def transfer(self, effect_id: int, queue: str, priority: int = 0, language: str = "en") -> None:
        self.said.append(f"transfer to {queue}" + (f" with priority {priority}" if priority else ""))

    async def transfer_out(self, effect_id: int, outside: Outside) -> None:
        self.outside.append(outside)

    async def back_from_outside(self, effect_id: int, number: str) -> str | None:
        return self.came_of_outside.get(effect_id)

    async def hand_over(self, vault: Vault, reference: str) -> bool:
        self.handed_over.append((vault.endpoint, reference))
        return self.vault_answers

    async def come_back(self) -> None:
        self.is_elsewhere = False
        self.said.append("back")

    async def record(self, name: str, wanted: RecordVoice) -> bool:
        return self.records

    async def discard_recording(self, name: str) -> None:
        self.discarded.append(name)

    async def record_call(self, name: str) -> bool:
        self.recorded.append(f"record {name}")
        return self.records

    async def pause_recording(self, name: str) -> bool:
        self.recorded.append(f"pause {name}")
        return self.pauses

    async def resume_recording(self, name: str) -> bool:
        self.recorded.append(f"resume {name}")
        return True

    async def hang_up(self) -> None:
        self.hung_up = True

    def remember_taker(self, agent: str) -> None:
        self.takers.append(agent)

    async def next_event(self, within: float | None) -> FlowEvent | SpeechBroke | AgentTook:
        event = self.events.pop(0) if self.events else HungUp()
        return SpeechEnded(self._say_id) if isinstance(event, str) else event

    async def wait_for_end(self) -> CallReport:
        return self.end


HEARD = "heard"


def keys(digits: str) -> list[FlowEvent | str]:
    """Return one key after the other, each at once."""
    return [Pressed(digit) for digit in digits]


@dataclass
class ScriptedTelephony:
    """Answers each order with the next of `answers`."""

    answers: list[LiveCall | Exception] = field(default_factory=list)
    orders: list[CallOrder] = field(default_factory=list)
    live: list[LiveCall] = field(default_factory=list)
    listened: list[tuple[str, Listening]] = field(default_factory=list)
    """The calls that were listened to anew."""
    is_ready: bool = True
    recording: set[str] = field(default_factory=set)
    """Recordings that are not whole yet."""
    ended_recordings: list[str] = field(default_factory=list)
    taken: dict[str, str] = field(default_factory=dict)
    """The live call that an agent took last, by agent."""
    lines_taken: int = 1
    legs_outside: int = 0
    while_ringing: Callable[[], Awaitable[None]] | None = None

    async def place(self, order: CallOrder) -> LiveCall:
        self.orders.append(order)
        if self.while_ringing is not None:
            await self.while_ringing()
        answer = self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer

    def listen(self, call_id: str, listening: Listening) -> None:
        self.listened.append((call_id, listening))

    async def adopt_live_calls(self) -> Sequence[LiveCall]:
        live, self.live = self.live, []
        return live

    def live_call_of(self, agent: str) -> str | None:
        return self.taken.get(agent)

    async def end_recording(self, name: str) -> bool:
        if name in self.recording:
            return False
        self.ended_recordings.append(name)
        return True

    async def hang_up_all(self) -> None:
        for call in self.live:
            await call.hang_up()


@dataclass
class ScriptedSpeech:
    """Renders a text as a file that is called like it."""

    prepared: set[str] = field(default_factory=set)

    async def prepare(self, segments: Collection[Segment]) -> None:
        self.prepared |= {segment.text for segment in segments}

    async def files(self, segments: Sequence[Segment]) -> Sequence[Path]:
        return [Path(segment.text) for segment in segments]

    async def instead(self, segment: Segment, failed: Sequence[Path]) -> Path | None:
        return Path(f"{segment.text} (again)") if len(failed) < 2 else None


@dataclass
class ScriptedRecordings:
    """Whatever the switch recorded is as long as the next of `seconds`; None: it has nothing."""

    seconds: list[float | None] = field(default_factory=list)
    dropped: list[str] = field(default_factory=list)

    async def take(self, name: str) -> float:
        seconds = self.seconds.pop(0)
        if seconds is None:
            raise RecordingError("there is no such recording")
        return seconds

    async def keep(self, name: str) -> float:
        return await self.take(name)

    def file(self, name: str) -> Path:
        return Path(f"recording {name}")

    async def drop(self, name: str) -> None:
        self.dropped.append(name)


@dataclass
class ScriptedStudio:
    """A PIN, and a recording that sounds as told; None: it is refused, or there is no PIN."""

    its_pin: str | None = "271828"
    prompt: bytes | None = b"a prompt"
    problems: list[Problem] = field(default_factory=list)
    """What is wrong with whatever is to be published."""
    checked: list[ContentFiles] = field(default_factory=list)

    def pin(self) -> str | None:
        return self.its_pin

    async def as_prompt(self, recording: Path) -> bytes:
        if self.prompt is None:
            raise SpeechError("it holds no sound")
        return self.prompt

    async def check(self, files: ContentFiles) -> None:
        self.checked.append(files)
        if self.problems:
            raise ContentError(self.problems)


@dataclass
class ScriptedGateway:
    """Answers confirmations and look-ups, each with the next of its answers; None: the provider is silent."""

    confirms: list[ChargeResult | None] = field(default_factory=list)
    look_ups: list[ChargeResult] = field(default_factory=list)
    confirmed: list[PaymentIntent] = field(default_factory=list)
    is_away: bool = False
    leaves_after_confirming: bool = False
    moves_money: bool = False

    async def create(self, intent: PaymentIntent, method: PaymentMethod) -> ChargeResult:
        self._is_there()
        return ChargeResult(IntentState.PENDING, provider_id=f"provider's {intent.id}")

    async def confirm(self, intent: PaymentIntent) -> ChargeResult:
        self.confirmed.append(intent)
        answer = self.confirms.pop(0)
        self.is_away = self.leaves_after_confirming
        if answer is None:
            raise GatewayError("no answer in time")
        return answer

    async def look_up(self, intent: PaymentIntent) -> ChargeResult:
        self._is_there()
        return self.look_ups.pop(0)

    async def cancel(self, intent: PaymentIntent) -> ChargeResult:
        self._is_there()
        return ChargeResult(IntentState.CANCELLED, reason="cancelled")

    def _is_there(self) -> None:
        if self.is_away:
            raise GatewayError("nobody is there")


SUCCEEDED = ChargeResult(IntentState.SUCCEEDED, provider_id="p1")
DECLINED = ChargeResult(IntentState.DECLINED, reason="insufficient funds")


@dataclass
class ScriptedRecords:
    """Has evidence of some calls; of the others it has none, and a gap."""

    known: Mapping[str, Evidence] = field(default_factory=dict)

    async def evidence(self, call_ids: Collection[str], since: datetime) -> Mapping[str, Evidence]:
        nothing = Evidence(None, was_dialled=False, report=None)
        return {call_id: self.known.get(call_id, nothing) for call_id in call_ids}


@dataclass
class ScriptedWebhooks:
    """Answers each request with the next of `answers`."""

    answers: list[Mapping[str, object] | WebhookError] = field(default_factory=list)
    asked: list[tuple[str, Mapping[str, object], str]] = field(default_factory=list)
    """Endpoint, what was sent, and the key."""

    async def post(
        self, endpoint: str, send: Mapping[str, object], key: str, within: float
    ) -> Mapping[str, object]:
        self.asked.append((endpoint, send, key))
        answer = self.answers.pop(0)
        if isinstance(answer, WebhookError):
            raise answer
        return answer


@dataclass
class ScriptedTarget:
    """Takes outcomes; refuses as often as `refusals` says."""

    refusals: int = 0
    told: list[str] = field(default_factory=list)

    async def push(self, key: str, payload: Mapping[str, object]) -> None:
        if self.refusals:
            self.refusals -= 1
            raise ConnectionError("the target is away")
        self.told.append(key)
