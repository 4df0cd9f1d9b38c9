"""A golden transcript as a real call: what the person does, and what became of it in the transcript's words.

The person is at the simulated telephone network and knows nothing of the engine: they wait until words have
been played to their end, or are being played where the transcript cuts in, and press keys, stay silent and
hang up as it says. The engine's side is `run_flow` on a call that Asterisk placed over SIP; `ToldSession`
stands between the two of them and writes down what comes and goes.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import fields, replace
from typing import Any, TypeVar

from ivr.accounts.account import Account
from ivr.accounts.contact_point import ContactPoint, Medium
from ivr.accounts.customer import Customer
from ivr.accounts.payment_method import PaymentMethod
from ivr.engine.ports import CustomerRecord
from ivr.flows.commands import Command, Hangup, PlayRecording, Respond, Say, StopSpeech
from ivr.flows.effects import Effect, Transfer
from ivr.flows.events import EffectDone, FlowEvent, HungUp, Pressed, SpeechEnded, TimedOut
from ivr.flows.player.answers import answer
from ivr.flows.player.talk import Heard, Step, TalkStep, effect_details, step_as_data
from ivr.flows.session import Session
from ivr.flows.settling import settling, too_late
from ivr.flows.state import Phase, SessionState
from ivr.flows.turn import Turn
from ivr.flows.variables import values_of
from ivr.gateways.sandbox import DECLINE
from tests.acceptance.phone import Somebody
from tests.asterisk_pair import DESERTED, STAFFED
from tests.golden.golden import Golden

CARRIED_OUT: Mapping[str, Collection[str]] = {
    "pay": ("success", "declined"),
    "opt_out": ("done",),
    "transfer": ("done", "no_agent", "failed"),
}
"""The ends of effects that are brought about for real. All others are answered by the transcript, as they are
for the terminal player: they take a row, a program or a fault of the provider that a transcript has not."""

QUEUES = {"done": STAFFED, "no_agent": DESERTED, "failed": "no-such-queue"}
"""The queue that a transfer comes to, by what it ends in: the flow's own name is only compared."""
TOKENS = {"declined": DECLINE}
"""The provider's handle of the saved card, by what a payment ends in."""
WORDS_BEFORE_A_CUT = 2
"""A key that cuts in while a prompt begins ends it in its second sound at the latest."""
WORDS_THAT_TELL = 3
"""So many first words of a prompt tell that it has begun."""

Told = TypeVar("Told", Heard, Step)


class ToldSession(Session):
    """A transcript's session that writes its talk down as it goes."""

    def __init__(self, golden: Golden) -> None:
        used = golden.used
        super().__init__(used.flow, used.catalogue, golden.variables, golden.language, used.flows)
        self._results = golden.results
        self._written = golden.talk
        self._is_settled_elsewhere = False
        self._talk: list[TalkStep] = []
        self._brought: Mapping[str, object] = {}
        """What an effect that was carried out came back with: no transcript knows a payment's own id."""
        self._silent_since = 0.0
        self.silences: list[tuple[float, float]] = []
        """For each time-out, the seconds of silence that were asked for, and those that there were."""

    @property
    def talk(self) -> list[dict[str, object]]:
        """The talk as golden files have it."""
        return [step_as_data(step) for step in self._talk]

    def start(self) -> Turn:
        """See `Session.start`."""
        return self._told(super().start())

    def resume(self, state: SessionState, event: FlowEvent, elapsed: float = 0.0) -> Turn:
        """See `Session.resume`."""
        self._may_be_settled_elsewhere()
        self._happens(state, event)
        turn = super().resume(state, event, elapsed)
        meant = settling(state, turn.state) if self._is_settled_elsewhere else None
        if meant is not None and meant.is_once:
            turn = super().resume(state, too_late(event), elapsed)
        return self._told(turn)

    def give_up(self, state: SessionState | None, reason: str) -> Turn:
        """See `Session.give_up`."""
        self._note("breaks", reason)
        return self._told(super().give_up(state, reason))

    def _may_be_settled_elsewhere(self) -> None:
        """Let somebody else settle the matter where the transcript has it."""
        if "settled" in next(iter(self._written[len(self._talk) :]), {}):
            self._note("settled", "elsewhere")
            self._is_settled_elsewhere = True

    def _happens(self, state: SessionState, event: FlowEvent) -> None:
        if isinstance(event, Pressed | SpeechEnded):
            self._silent_since = time.monotonic()
        match event:
            case Pressed():
                self._note(
                    "presses", event.digit, **({"cuts_in": True} if state.phase is Phase.SPEECH else {})
                )
            case TimedOut() if state.timeout is not None:
                self._note("stays_silent", state.timeout)
                self.silences.append((state.timeout, time.monotonic() - self._silent_since))
            case HungUp():
                self._note("hangs_up", True)
            case EffectDone():
                kind = state.effect.kind if state.effect else ""
                self._brought = event.values if event.result in CARRIED_OUT.get(kind, ()) else {}
                self._ends_in(event.result)
            case _:
                pass

    def _told(self, turn: Turn) -> Turn:
        """Write a turn's commands down; an effect that nobody carries out is answered at once."""
        for command in turn.commands:
            self._tell(command)
        effect = turn.state.effect
        if turn.state.phase is not Phase.EFFECT or effect is None:
            return turn
        self._note("does", effect.kind, **{"with": effect_details(effect)})
        told = answer(effect, self._results, self.variables)
        if told.result in CARRIED_OUT.get(effect.kind, ()):
            return turn._replace(commands=tuple(self._led(command) for command in turn.commands))
        after = self.resume(turn.state, told)
        before = tuple(command for command in turn.commands if not isinstance(command, Effect))
        return after._replace(commands=(*before, *after.commands))

    def _led(self, command: Command) -> Command:
        """Lead a transfer to a queue where it ends as the transcript says."""
        if not isinstance(command, Transfer):
            return command
        return replace(command, queue=QUEUES[self._results.get("transfer", command.results[0])])

    def _tell(self, command: Command) -> None:
        match command:
            case Say():
                self._talk.append(Heard(command))
            case PlayRecording():
                self._note("plays", command.recording)
            case StopSpeech():
                index, heard = self._last(Heard)
                self._talk[index] = heard.cut()
            case Respond():
                details = {
                    name: value for name, value in command.details.items() if name not in self._brought
                }
                self._note("responds", command.response.value, **({"details": details} if details else {}))
            case Hangup():
                self._note("ends", command.reason)
            case _:
                pass

    def _ends_in(self, result: str) -> None:
        index, does = self._last(Step)
        self._talk[index] = replace(does, more={**does.more, "result": result})

    def _last(self, kind: type[Told]) -> tuple[int, Told]:
        return next((n, step) for n, step in reversed([*enumerate(self._talk)]) if isinstance(step, kind))

    def _note(self, kind: str, value: object, **more: object) -> None:
        self._talk.append(Step(kind, value, more))


def does_as_told(person: Somebody, golden: Golden) -> Somebody:
    """Let a person answer and do what the transcript says, when it says."""
    person.answers()
    for step, following in _with_following(golden.talk):
        if "hears" in step and (step.get("cut") or following.get("cuts_in")):
            person.expects(" ".join(step["hears"].split()[:WORDS_THAT_TELL]))
        elif "hears" in step:
            person.hears_out(step["hears"])
        elif "presses" in step:
            person.presses(step["presses"])
        elif "hangs_up" in step:
            person.hangs_up()
    return person


def _with_following(talk: Sequence[dict[str, Any]]) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    return zip(talk, (*talk[1:], {}), strict=True)


def said_by(golden: Golden, played: Sequence[str]) -> list[dict[str, Any]]:
    """Return what was really played as the transcript's steps `hears`, so far as it can be told apart.

    The words of what is there are taken as long as they are the beginning of what should be; a step is `cut`
    when it is not whole. What is left over is a step of its own.
    """
    rest, heard = deque(played), []
    for step in golden.talk:
        if "hears" not in step:
            continue
        words: list[str] = []
        while rest and step["hears"].startswith(" ".join((*words, rest[0]))):
            words.append(rest.popleft())
        is_whole = " ".join(words) == step["hears"]
        is_cut = not is_whole or (step.get("cut", False) and len(words) <= WORDS_BEFORE_A_CUT)
        slowly = {"slowly": True} if step.get("slowly") else {}
        said = step["hears"] if words and is_cut else " ".join(words)
        heard.append({"hears": said, **slowly, **({"cut": True} if words and is_cut else {})})
    return [*heard, *({"hears": words} for words in rest)]


def record_of(golden: Golden, number: str) -> CustomerRecord:
    """Return the transcript's customer as the bank's books have them."""
    variables = golden.variables
    who, owing = values_of(variables, "customer"), dict(values_of(variables, "account"))
    customer = Customer(str(who["id"]), str(who["name"]), golden.language, "America/New_York", "US")
    known = {field.name for field in fields(Account)}
    account: Any = {**{name: owing[name] for name in owing if name in known}, "customer_id": customer.id}
    point = ContactPoint("golden-phone", customer.id, Medium.VOICE, number, 1)
    return CustomerRecord(customer, [Account(**account)], [point], _methods(golden, customer.id, variables))


def _methods(golden: Golden, customer_id: str, variables: Mapping[str, object]) -> list[PaymentMethod]:
    saved: Any = values_of(variables, "payment_method")
    token = TOKENS.get(golden.results.get("pay", ""), "tok_ok")
    return [PaymentMethod(customer_id=customer_id, token=token, **saved)] if saved else []
