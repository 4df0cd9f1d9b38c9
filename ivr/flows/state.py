"""The state of a session: versioned, serialisable, with no secret in what is written."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from pydantic import TypeAdapter, ValidationError

from ivr.calls.answered_by import AnsweredBy
from ivr.errors import FlowError
from ivr.flows.effects import StoredEffect
from ivr.flows.keyed import Keyed
from ivr.flows.on_the_line import OnTheLine, party_in
from ivr.flows.values import Values
from ivr.outcomes.response import Response
from ivr.prompts.content_tier import ContentTier
from ivr.tempo import Tempo

STATE_VERSION = 3
"""Rises when an older state can't be read as it is."""
_WITHOUT_A_LINE = 2
"""The version that told in several places who is on the line."""


class Phase(StrEnum):
    """What a session waits for."""

    SPEECH = "speech"
    KEY = "key"
    EFFECT = "effect"
    OVER = "over"


class AfterSpeech(StrEnum):
    """What follows when the speech on the line ends."""

    NODE = "node"
    """The node that said it goes on."""
    ENTER = "enter"
    """The node begins anew: the speech was the apology after a drop."""
    EFFECT = "effect"
    """The open effect is asked for again: the speech was the apology after a drop."""
    HANG_UP = "hang_up"
    """The call ends: the speech was the good-bye."""
    MESSAGE = "message"
    """The call ends: the speech was the message on a machine."""


class KeysDuring(StrEnum):
    """What a key means while something is being said."""

    ANSWER = "answer"
    """It cuts the speech and answers the question."""
    SKIP = "skip"
    """It cuts the speech and waits for the next question."""
    KEEP = "keep"
    """The speech goes on, the key waits for the next question."""
    IGNORE = "ignore"
    """Nothing."""


@dataclass(frozen=True, slots=True)
class Memory:
    """What a node remembers while the session is in it."""

    silences: int = 0
    mismatches: int = 0
    stage: str = ""
    """How far the node has come, in its own word."""
    step: int = 0
    """Which of several questions it is at."""


@dataclass(frozen=True, slots=True)
class Frame:
    """A flow that entered another, and goes on when that returns."""

    flow: str
    flow_version: str
    node: str
    """The node that entered it."""
    visits: Mapping[str, int]


@dataclass(frozen=True)
class SessionState:
    """Where a session stands. It has no slots: a draft copies its `__dict__`."""

    flow: str
    flow_version: str
    node: str
    phase: Phase
    language: str
    line: OnTheLine = field(default_factory=OnTheLine)
    """Who is on the line."""
    tempo: Tempo = Tempo.USUAL
    memory: Memory = field(default_factory=Memory)
    keyed: Keyed = field(default_factory=Keyed)
    gathered: Values = field(default_factory=dict)
    """Keyed values by name, secrets never among them."""
    result: Values = field(default_factory=dict)
    """Values that the last effect came back with."""
    own: Values = field(default_factory=dict)
    """Values that the flow set itself, by name."""
    own_details: tuple[str, ...] = ()
    """Those among them, by name, that tell something of the account."""
    brought: Values = field(default_factory=dict)
    """Namespaces that effects came back with, in the place of those that the host gave at the start."""
    matters: tuple[tuple[str | None, int], ...] = ()
    """The alerts that this call came to, each with how many responses there were before; None where the talk
    left what it was about until then, because somebody else came to be on the line."""
    frames: tuple[Frame, ...] = ()
    """The flows that wait for this one to return, the first of them first."""
    responses: tuple[tuple[Response, Mapping[str, Any]], ...] = ()
    """Everything the person meant so far, so that nothing of it is lost with the engine."""
    visits: Mapping[str, int] = field(default_factory=dict)
    """How often each node was entered that limits it."""
    steps: int = 0
    """Nodes entered and things said, for the flow's limit."""
    last_id: int = 0
    """The last id given to a Say or an effect."""
    keys_during: KeysDuring = KeysDuring.IGNORE
    after_speech: AfterSpeech = AfterSpeech.NODE
    say_id: int | None = None
    """What is on the line."""
    effect: StoredEffect | None = None
    """The open effect: asked for, result not known."""
    timeout: float | None = None
    """Seconds for which a key is waited for."""
    end_reason: str = ""
    """Why the good-bye on the line is said."""
    pick_ups: int = 0
    """How often the session went on after a drop of the engine, those while it was elsewhere left out."""
    answered_by: AnsweredBy = AnsweredBy.UNKNOWN
    """The last verdict on who or what picked up."""
    opening: tuple[Frame, ...] | None = None
    """The node that said the first words of the call, with the flows around it, the first of them first. None
    before that, empty once a key was pressed: then somebody is there."""
    screened_until: float | None = None
    """While a call screener listens: until how many seconds after the answer it hears the first words."""
    message_starts: int = 0
    """While a message is being left on a machine: how often it was begun."""
    message_left: bool = False
    """Whether a machine heard the message to its end."""
    answered_early: tuple[Frame, ...] = ()
    """The question that a key pressed ahead answered last, with the flows around it, the first of them first;
    empty once a question was heard or answered in its time. Such a key never opts out."""
    version: int = STATE_VERSION

    @property
    def root(self) -> tuple[str, str]:
        """Name and version of the flow that the call began with."""
        first = self.frames[0] if self.frames else self
        return first.flow, first.flow_version

    @property
    def tier(self) -> ContentTier:
        """How sure we are of who listens."""
        return self.line.tier

    @property
    def is_over(self) -> bool:
        """Whether the session has ended."""
        return self.phase is Phase.OVER


_ADAPTER = TypeAdapter(SessionState)


_NOBODY = OnTheLine()
_LINE = TypeAdapter(OnTheLine)


def dump_state(state: SessionState) -> str:
    """Return the state as JSON, without any digit that may belong to a secret."""
    return _ADAPTER.dump_json(replace(state, keyed=state.keyed.without_secrets())).decode()


def load_state(text: str, at_first: OnTheLine = _NOBODY) -> SessionState:
    """Read what dump_state wrote; raises FlowError for anything else and for another version.

    `at_first` is who was on the line as the call began: states of version 2, of calls that were up when the
    engine was replaced, do not have it.
    """
    try:
        state = _ADAPTER.validate_json(_as_version_3(text, at_first))
    except ValidationError as error:
        # The finding's input is left out: what could not be read may hold anything.
        raise FlowError(f"this is no session state ({error.error_count()} fields do not fit)") from None
    if state.version != STATE_VERSION:
        raise FlowError(f"session state of version {state.version} can't be read by version {STATE_VERSION}")
    return state


def _as_version_3(text: str, at_first: OnTheLine) -> str:
    """Return a state of version 2 as version 3 has it; anything else as it is."""
    try:
        written = json.loads(text)
    except ValueError:
        return text
    if not isinstance(written, dict) or written.get("version") != _WITHOUT_A_LINE:
        return text
    proof = {name: written.pop(name) for name in ("tier", "proven") if name in written}
    brought = written.get("brought")
    led_to = party_in(brought) if isinstance(brought, dict) else None
    line = _LINE.dump_python(replace(at_first, led_to=led_to), mode="json")
    return json.dumps({**written, "line": {**line, **proof}, "version": STATE_VERSION})
