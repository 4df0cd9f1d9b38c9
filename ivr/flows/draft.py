"""The working copy of a state during one call of a session, and the commands that this call brings."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from ivr.calls.answered_by import AnsweredBy
from ivr.errors import FlowError
from ivr.flows.account_details import DETAILS_TIER, tells_of_account
from ivr.flows.actions import Action
from ivr.flows.catalogue import PromptCatalogue
from ivr.flows.choice import Choice
from ivr.flows.commands import Checkpoint, Command, Hangup, Note, PlayRecording, Respond, Say, StopSpeech
from ivr.flows.effects import Effect
from ivr.flows.factor import Factor
from ivr.flows.flow import Flow
from ivr.flows.keyed import Keyed
from ivr.flows.manners import Manners
from ivr.flows.node import Node
from ivr.flows.on_the_line import OnTheLine, party_in
from ivr.flows.promise_check import check_promise
from ivr.flows.repertoire import Repertoire
from ivr.flows.state import AfterSpeech, Frame, KeysDuring, Memory, Phase, SessionState
from ivr.flows.turn import NO_TIMEOUT, Turn, Wait
from ivr.flows.variables import Variables, values_of
from ivr.outcomes import response as responses
from ivr.outcomes.response import Response
from ivr.prompts.content_tier import ContentTier
from ivr.prompts.segment import Segment, at_tempo
from ivr.tempo import Tempo

_CONCLUSIVE = frozenset(
    {
        Response.WRONG_PERSON,
        Response.WRONG_NUMBER,
        Response.NO_INPUT,
        Response.NO_MATCH,
        Response.PAYMENT_UNKNOWN,
        *(response for response in Response if response.effect is not responses.Effect.NEUTRAL),
    }
)
"""Responses that move the alert, and neutral ones that say how the call went: a hang-up after one of them is
only the end of the call."""


def concludes(response: Response) -> bool:
    """Say whether a hang-up after `response` is only the end of the call."""
    return response in _CONCLUSIVE


# Every turn needs them, and finding a member in its class takes long in Python 3.11.
_SPEECH, _KEY, _OVER = Phase.SPEECH, Phase.KEY, Phase.OVER

_CHECKPOINT = Checkpoint()
_wait = lru_cache(maxsize=64)(Wait)

_SILENT = (StopSpeech, Respond, Note)
"""Commands that may come before the state is stored."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A moment of a draft that it can go back to while nothing is carried out yet."""

    state: Mapping[str, object]
    commands: int
    to_be_stored: bool


class Draft:
    """A state that is being changed. It lives for one call and ends with its turn; nodes see it as a Scene.

    Its `__dict__` holds the state's fields and nothing else, so that a state is copied once in every call and
    handed over as it is. What prompts speak of (`result`, `gathered`, `own`) is changed by methods only.
    """

    __slots__ = (
        "__dict__",
        "_catalogue",
        "_commands",
        "_given",
        "_to_be_stored",
        "_variables",
        "before_early_key",
        "elapsed",
        "flows",
        "playing",
        "steps_allowed",
        "voicemail",
    )

    flow: str
    flow_version: str
    node: str
    phase: Phase
    language: str
    line: OnTheLine
    tempo: Tempo
    memory: Memory
    keyed: Keyed
    gathered: Mapping[str, object]
    result: Mapping[str, object]
    own: Mapping[str, object]
    own_details: tuple[str, ...]
    brought: Mapping[str, object]
    matters: tuple[tuple[str | None, int], ...]
    frames: tuple[Frame, ...]
    responses: tuple[tuple[Response, Mapping[str, object]], ...]
    visits: Mapping[str, int]
    steps: int
    last_id: int
    keys_during: KeysDuring
    after_speech: AfterSpeech
    say_id: int | None
    effect: Effect | None
    timeout: float | None
    end_reason: str
    pick_ups: int
    answered_by: AnsweredBy
    opening: tuple[Frame, ...] | None
    screened_until: float | None
    message_starts: int
    message_left: bool
    answered_early: tuple[Frame, ...]

    def __init__(
        self,
        state: SessionState,
        flows: Repertoire,
        playing: Flow,
        steps_allowed: int,
        elapsed: float,
        catalogue: PromptCatalogue,
        variables: Variables,
        voicemail: str | None = None,
    ) -> None:
        # Not `.copy()`: the dictionary would stay split from its keys, and Python 3.11 looks those up slowly.
        self.__dict__ = {**state.__dict__}
        self.flows = flows
        self.playing = playing
        """The flow that the session is in."""
        self.steps_allowed = steps_allowed
        """How many steps the session may have made in all; after them only an opt-out is open."""
        self.elapsed = elapsed
        """Seconds since the answer."""
        self.voicemail = voicemail
        """The prompt that a machine records; None: nothing is left on one."""
        self.before_early_key: tuple[Mark, Action] | None = None
        """The question that a key pressed ahead has answered in this call, and what asks it after all."""
        self._catalogue = catalogue
        self._given = variables
        self._variables: Variables | None = None
        self._to_be_stored = False
        self._commands: list[Command] = []

    @property
    def here(self) -> Node:
        """The node that the session is in."""
        return self.playing.nodes[self.node]

    @property
    def manners(self) -> Manners:
        """Of the flow that the session is in."""
        return self.playing.manners

    @property
    def keys(self) -> Mapping[str, Choice]:
        """What every question of that flow understands."""
        return self.playing.keys

    @property
    def variables(self) -> Variables:
        """What prompts and conditions speak of: the host's namespaces and the session's own three."""
        if self._variables is None:
            self._variables = {
                **self._given,
                **self.brought,
                "result": self.result,
                "gathered": self.gathered,
                "own": self.own,
            }
            if self.line.led_to is not None and self.line.known is None:
                # It is no alert of whoever is on the line, as far as anybody knows.
                self._variables = {**self._variables, "alert": None}
        return self._variables

    @property
    def tier(self) -> ContentTier:
        """How sure we are of who listens."""
        return self.line.tier

    @property
    def proven(self) -> tuple[Factor, ...]:
        """What the person has proved to know."""
        return self.line.proven

    @property
    def times_entered(self) -> int:
        """How often the node has been entered, this time included."""
        return self.visits.get(self.node, 0)

    @property
    def digits(self) -> str:
        """What the current gather has so far."""
        return self.keyed.digits

    @property
    def is_over(self) -> bool:
        """Whether the call has ended."""
        return self.phase is Phase.OVER

    def set_result(self, values: Mapping[str, object]) -> None:
        """Keep what the last effect came back with."""
        self.result, self._variables = dict(values), None

    def bring(self) -> None:
        """Let what the last effect came back with take the place of the host's namespaces.

        What it comes with under `result` is its result still. Whom it is about is on the line from here on.
        If that is somebody else, nothing that was set, keyed, proved or opened for whoever it was until now
        is theirs.
        """
        party = party_in(self.result)
        if party is not None and not self.line.is_about(party.customer_id):
            self._begin_with_somebody_else()
        if party is not None:
            self.line = self.line.led(party)
        namespaces = dict(self.result)
        self.set_result(values_of(namespaces, "result"))
        namespaces.pop("result", None)
        self.brought, self._variables = {**self.brought, **namespaces}, None
        self.checkpoint()

    def _begin_with_somebody_else(self) -> None:
        self.own, self.own_details, self.gathered, self.brought = {}, (), {}, {}
        self.keyed = self.keyed.without_own_secrets()
        self.matters = (*self.matters, (None, len(self.responses)))

    def learn(self, tier: ContentTier, factor: Factor | None) -> None:
        """Be surer of who listens, by what they have proved to know."""
        self.line, self._variables = self.line.surer(tier, factor), None
        self.checkpoint()

    def keep(self, name: str, value: object) -> None:
        """Keep what was keyed."""
        self.gathered, self._variables = {**self.gathered, name: value}, None

    def assign(self, name: str, value: object, sources: tuple[str, ...]) -> None:
        """Set a variable of the flow's own; what is made of an account detail is one."""
        is_detail = any(tells_of_account(source, self.own_details) for source in sources)
        others = tuple(other for other in self.own_details if other != name)
        self.own_details = (*others, name) if is_detail else others
        self.own, self._variables = {**self.own, name: value}, None

    def take_up(self, told: Mapping[str, object]) -> None:
        """Go on with what an earlier call had come to: `ivr.flows.rejoin.left_at`."""
        own, details, gathered = (told.get(name) for name in ("own", "own_details", "gathered"))
        self.own = own if isinstance(own, Mapping) else {}
        self.own_details = tuple(details) if isinstance(details, list | tuple) else ()
        self.gathered = gathered if isinstance(gathered, Mapping) else {}
        self.result, self._variables = {}, None
        if (language := told.get("language")) in self.flows.root.languages:
            self.language = str(language)
        if (tempo := told.get("tempo")) in {*Tempo}:
            self.tempo = Tempo(str(tempo))

    def be_in(self, flow: Flow, frames: tuple[Frame, ...], frame: Frame) -> None:
        """Be at a node of a flow, with the flows around it."""
        self.frames, self.flow, self.flow_version = frames, frame.flow, frame.flow_version
        self.node, self.visits, self.memory, self.playing = frame.node, frame.visits, Memory(), flow

    def mark(self) -> Mark:
        """Return this moment."""
        return Mark({**self.__dict__}, len(self._commands), self._to_be_stored)

    def go_back_to(self, mark: Mark) -> None:
        """Take back all that was changed, said and asked for since then in this call of the session."""
        self.__dict__ = {**mark.state}
        self.playing = self.flows.named(self.flow)
        self._to_be_stored, self._variables = mark.to_be_stored, None
        del self._commands[mark.commands :]

    def next_id(self) -> int:
        """Return an id that no Say and no effect of this session had."""
        self.last_id += 1
        return self.last_id

    def say(self, prompts: tuple[str, ...], keys: KeysDuring, after: AfterSpeech) -> None:
        """Put prompts on the line.

        Raises FlowError for one above the listener's content tier, and for one that tells of the account
        before we know who listens, whatever its own tier, and for one that can't be rendered.
        """
        catalogue, language, variables = self._catalogue, self.language, self.variables
        segments: tuple[Segment, ...] = ()
        for name in prompts:
            if catalogue.tier(name) > self.tier:
                raise FlowError(f"prompt {name!r} was about to be said in node {self.node!r} before its tier")
            if self.tier < DETAILS_TIER:
                self._refuse_details(name)
            try:
                segments += catalogue.render(name, language, variables)
            except FlowError as error:
                raise FlowError(f"{error}; it was to be said in node {self.node!r}") from error
        said = at_tempo(segments, self.tempo)
        self._commands.append(Say(self._on_the_line(keys, after), said, self.node))

    def _refuse_details(self, prompt: str) -> None:
        for path in self._catalogue.variables(prompt, self.language):
            if tells_of_account(path, self.own_details):
                where = f"prompt {prompt!r} in node {self.node!r}"
                raise FlowError(f"{where} was about to tell anyone of {path}, an account detail")

    def spoken_of(self, prompt: str) -> frozenset[str]:
        """Return all that a prompt may ask for, in whichever language; nothing for one that is not there."""
        if not self._catalogue.is_written(prompt):
            return frozenset()
        languages = self._catalogue.languages(prompt)
        return frozenset().union(*(self._catalogue.variables(prompt, each) for each in languages))

    def replay(self, recording: str, keys: KeysDuring) -> None:
        """Put what the person recorded on the line."""
        self._commands.append(PlayRecording(self._on_the_line(keys, AfterSpeech.NODE), recording, self.node))

    def _on_the_line(self, keys: KeysDuring, after: AfterSpeech) -> int:
        self.say_id = self.last_id = say_id = self.last_id + 1
        self.phase, self.keys_during, self.after_speech = _SPEECH, keys, after
        return say_id

    def say_goodbye(self, reason: str) -> None:
        """Say the flow's good-bye; then the call ends for `reason`."""
        self.end_reason = reason
        self.say((self.playing.goodbye,), KeysDuring.IGNORE, AfterSpeech.HANG_UP)

    def cut_speech(self) -> None:
        """Take what is on the line off it."""
        if self.say_id is not None:
            self._commands.append(StopSpeech(self.say_id))
            self.say_id = None

    def listen(self, seconds: float) -> None:
        """Wait for a key."""
        self.phase, self.timeout = _KEY, seconds

    def ask_for(self, effect: Effect) -> None:
        """Ask the host for an effect, with the state stored before."""
        self.checkpoint()
        self.phase, self.effect = Phase.EFFECT, effect
        self._commands.append(effect)

    def respond(self, response: Response, details: Mapping[str, object]) -> None:
        """Report what the person meant, and have it stored when it concludes something.

        Raises FlowError for a promise that the rule does not allow.
        """
        if response is Response.PROMISED:
            check_promise(details, self.variables)
        self.responses = (*self.responses, (response, details))
        self._commands.append(Respond(response, self.node, details))
        if concludes(response):
            self.checkpoint()

    def note(self, kind: str, detail: Mapping[str, object]) -> None:
        """Write a step into the call's log."""
        self._commands.append(Note(self.node, kind, detail))

    def checkpoint(self) -> None:
        """Have the state that this call ends with stored."""
        self._to_be_stored = True

    def hang_up(self, reason: str) -> None:
        """End the call."""
        self.phase = Phase.OVER
        self._commands.append(Hangup(reason))

    def turn(self) -> Turn:
        """Hand over the state, and say what is waited for; the last thing that a draft does."""
        commands = self._stored_first() if self._to_be_stored else tuple(self._commands)
        state = SessionState.__new__(SessionState)
        object.__setattr__(state, "__dict__", self.__dict__)
        phase = self.phase
        if phase is _KEY:
            return Turn(commands, _wait(self.timeout), state)
        return Turn(commands, None if phase is _OVER else NO_TIMEOUT, state)

    def _stored_first(self) -> tuple[Command, ...]:
        """Return the commands; the state is stored before anything is heard, done or ended."""
        silent = tuple(itertools.takewhile(lambda command: isinstance(command, _SILENT), self._commands))
        return (*silent, _CHECKPOINT, *self._commands[len(silent) :])
