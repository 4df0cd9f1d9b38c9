"""A telephone for tests: speaks a session's commands into a transcript, and feeds events back."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from pathlib import PurePath

from ivr.content_file import parse_content
from ivr.errors import FlowError
from ivr.flows.commands import (
    Checkpoint,
    Command,
    Hangup,
    Note,
    PlayRecording,
    Respond,
    Say,
    StopSpeech,
)
from ivr.flows.effects import Effect, OptOut, Pay, Transfer
from ivr.flows.events import EffectDone, FlowEvent, HungUp, Pressed, SpeechEnded, TimedOut
from ivr.flows.flow import Flow
from ivr.flows.load_flow import load_flow
from ivr.flows.session import Session
from ivr.flows.state import dump_state, load_state
from ivr.flows.turn import Turn
from ivr.flows.variables import Variables, look_up
from ivr.money import Money
from ivr.prompts.content_tier import ContentTier
from ivr.prompts.segment import ClipSegment, Segment, TextSegment

MARIA: Mapping[str, object] = {
    "today": date(2026, 3, 9),
    "verification": {"factors": ["pin", "birth_date"]},
    "company": {"name": "Acme Credit Union", "phone": "+12025550123", "region": "US"},
    "customer": {"id": "c1", "name": "Maria Lopez", "first_name": "Maria", "language": "en"},
    "account": {
        "id": "a1",
        "kind": "card",
        "balance": Money(50000, "USD"),
        "amount_due": Money(12050, "USD"),
        "due_on": date(2026, 3, 1),
    },
    "alert": {"topic": "payments"},
    "contact": {"sms": None, "email": None},
    "payments": {
        "card_keying": True,
        "vault": None,
        "card_page": None,
        "page_proof": None,
        "automatic": None,
        "invitation": None,
        "invited": None,
        "authorised": None,
    },
    "payment_method": {"id": "pm1", "kind": "card", "ending": "42"},
    "promise": {
        "most_days": 14,
        "latest_on": date(2026, 3, 23),
        "least_amount": None,
        "most_parts": 1,
    },
}


class TinyCatalogue:
    """Prompts whose wording is their name, then the variables that they speak of."""

    def __init__(
        self,
        tiers: Mapping[str, ContentTier],
        slots: Mapping[str, str] | None = None,
        clips: Collection[str] = (),
    ) -> None:
        self._tiers = tiers
        self._slots = slots or {}
        self._clips = clips

    def names(self) -> frozenset[str]:
        return frozenset(self._tiers)

    def is_written(self, name: str) -> bool:
        return name in self.names()

    def is_answer(self, name: str) -> bool:
        return name in self.names()

    def tier(self, name: str) -> ContentTier:
        return self._tiers[name]

    def languages(self, name: str) -> frozenset[str]:
        return frozenset({"en"})

    def variables(self, name: str, language: str) -> frozenset[str]:
        return frozenset({self._slots[name]} if name in self._slots else ())

    def render(self, name: str, language: str, variables: Mapping[str, object]) -> tuple[Segment, ...]:
        if name not in self._tiers:
            raise FlowError(f"there is no prompt {name!r}")
        words = [name]
        if name in self._clips:
            return (ClipSegment(PurePath(f"{name}.wav"), name, language),)
        if name in self._slots:
            value = look_up(variables, self._slots[name])
            if value is None:
                raise FlowError(f"{self._slots[name]} is not there")
            words.append(str(value))
        return (TextSegment(" ".join(words), language),)


def for_anyone(*names: str) -> TinyCatalogue:
    """Return a catalogue of prompts that anyone may hear; `sorry` and `bye` are always among them."""
    return TinyCatalogue(dict.fromkeys((*names, "sorry", "bye"), ContentTier.ANYONE))


def flow_of(nodes: str, catalogue: TinyCatalogue, head: str = "") -> Flow:
    """Return a flow of YAML nodes; the first of them is its start."""
    start = nodes.split(":", 1)[0].strip()
    indented = "\n".join(f"  {line}" for line in nodes.strip("\n").splitlines())
    text = f"name: test\nstart: {start}\nsorry: sorry\ngoodbye: bye\n{head}\nnodes:\n{indented}\n"
    return load_flow(parse_content(text, "test.yaml"), catalogue)


class Rehearsal:
    """A call of one session. Its state goes through JSON at every step, as if the engine had moved."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.transcript: list[str] = []
        self.commands: list[Command] = []
        self._on_the_line: int | None = None
        self._take(session.start())

    @property
    def is_over(self) -> bool:
        return self.turn.wait is None

    @property
    def heard(self) -> list[str]:
        """What was put on the line since the call began."""
        return [line.split(": ", 1)[1] for line in self.transcript if line.startswith("say ")]

    def feed(self, event: FlowEvent, elapsed: float = 0.0) -> Rehearsal:
        state = load_state(dump_state(self.turn.state))
        assert dump_state(state) == dump_state(self.turn.state)
        if not state.keyed.private:
            assert state == self.turn.state
        # Digits of a flow that asks for secrets stay in memory: the same process goes on.
        self._take(self.session.resume(self.turn.state if state.keyed.private else state, event, elapsed))
        return self

    def listens(self) -> Rehearsal:
        """Hear everything until a key or an effect is waited for."""
        while self._on_the_line is not None and not self.is_over:
            self.feed(SpeechEnded(self._on_the_line))
        return self

    def presses(self, keys: str) -> Rehearsal:
        for key in keys:
            self.feed(Pressed(key))
        return self

    def stays_silent(self, times: int = 1) -> Rehearsal:
        for _ in range(times):
            self.listens().feed(TimedOut())
        return self

    def learns(self, result: str, **values: object) -> Rehearsal:
        """Finish the open effect."""
        assert self.turn.state.effect is not None
        return self.feed(EffectDone(self.turn.state.effect.effect_id, result, values))

    def hangs_up(self) -> Rehearsal:
        return self.feed(HungUp())

    def is_picked_up(self) -> Rehearsal:
        """The engine died; another goes on from what was stored."""
        self._on_the_line = None
        self._take(self.session.pick_up(load_state(dump_state(self.turn.state))))
        return self

    def _take(self, turn: Turn) -> None:
        self.turn = turn
        for command in turn.commands:
            self.commands.append(command)
            if isinstance(command, Say | PlayRecording):
                self._on_the_line = command.say_id
            elif isinstance(command, StopSpeech):
                assert command.say_id == self._on_the_line
            if line := _line(command):
                self.transcript.append(line)
        if (
            not any(isinstance(command, Say | PlayRecording) for command in turn.commands)
            and turn.state.say_id is None
        ):
            self._on_the_line = None


def rehearse(
    flow: Flow, catalogue: TinyCatalogue, variables: Variables = MARIA, others: Collection[Flow] = ()
) -> Rehearsal:
    """Answer the telephone; `others` are the flows that it may enter."""
    return Rehearsal(Session(flow, catalogue, variables, "en", {other.name: other for other in others}))


def _line(command: Command) -> str:
    match command:
        case Say():
            return f"say {command.node}: {' + '.join(segment.text for segment in command.segments)}"
        case PlayRecording():
            return f"replay {command.node}: {command.recording}"
        case StopSpeech():
            return "cut"
        case Respond():
            details = f" {dict(command.details)}" if command.details else ""
            return f"respond {command.response}{details}"
        case Checkpoint():
            return "checkpoint"
        case Hangup():
            return f"hang up: {command.reason}"
        case Note():
            return ""
        case _:
            return _asked(command)


def _asked(effect: Effect) -> str:
    match effect:
        case Pay():
            amount = f"{effect.amount.amount} {effect.amount.currency}"
            return f"pay {amount} {effect.account_id} {effect.method_id}"
        case OptOut():
            return "opt out of everything" if effect.everything else "opt out of this topic"
        case Transfer():
            return f"transfer to {effect.queue}"
        case _:
            return effect.kind.replace("_", " ")
