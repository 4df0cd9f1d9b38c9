"""What a node wants done. Nodes return actions as data; the session carries them out, in order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from ivr.flows.effects import Effect
from ivr.flows.factor import Factor
from ivr.flows.state import KeysDuring, Memory
from ivr.outcomes.response import Response
from ivr.prompts.content_tier import ContentTier
from ivr.tempo import Tempo


@dataclass(frozen=True, slots=True)
class Speak:
    """Say prompts one after another; the node's `spoken` follows."""

    prompts: tuple[str, ...]
    keys: KeysDuring


@dataclass(frozen=True, slots=True)
class Replay:
    """Play what the person recorded; the node's `spoken` follows."""

    recording: str
    keys: KeysDuring


@dataclass(frozen=True, slots=True)
class Listen:
    """Wait for a key; the node's `pressed` or `silent` follows."""

    seconds: float


@dataclass(frozen=True, slots=True)
class Go:
    """Enter another node (or the same one anew)."""

    to: str


@dataclass(frozen=True, slots=True)
class Enter:
    """Enter another flow; the node's `returned` follows when that comes back."""

    flow: str


@dataclass(frozen=True, slots=True)
class Return:
    """Leave this flow for the one that entered it, or end the call where none did."""

    result: str


@dataclass(frozen=True, slots=True)
class Rejoin:
    """Begin the step anew that the last effect came back with; where that can't be, go to `otherwise`."""

    otherwise: str


@dataclass(frozen=True, slots=True)
class Perform:
    """Ask the host for an effect; the node's `resulted` follows. The session gives it its id."""

    effect: Effect


@dataclass(frozen=True, slots=True)
class Finish:
    """End the call; politely: with the flow's good-bye before."""

    reason: str
    politely: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """The person meant something."""

    response: Response
    details: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RaiseTier:
    """We are surer than before of who listens."""

    tier: ContentTier
    factor: Factor | None = None
    """What they have proved to know."""


@dataclass(frozen=True, slots=True)
class Remember:
    """Replace the node's memory."""

    memory: Memory


@dataclass(frozen=True, slots=True)
class Collect:
    """Add a digit to the current gather, or (None) begin it anew."""

    digit: str | None = field(repr=False)


@dataclass(frozen=True, slots=True)
class Keep:
    """The current gather is complete: keep what it comes to as `gathered.<name>`."""

    name: str
    value: object = field(repr=False)


@dataclass(frozen=True, slots=True)
class KeepSecret:
    """The current gather is complete: keep its digits as a secret of this name."""

    name: str
    is_for_next: bool
    """Whether the node that follows needs it."""


@dataclass(frozen=True, slots=True)
class Assign:
    """Set `own.<name>`."""

    name: str
    value: object
    sources: tuple[str, ...] = ()
    """The variables that the value was made of, by dotted path."""


@dataclass(frozen=True, slots=True)
class Bring:
    """Speak from here on of what the last effect came back with, by namespace, in the place of the host's.

    If that is about another customer, nobody has proved to be them, and nothing of the one before is left.
    """


@dataclass(frozen=True, slots=True)
class BeginMatter:
    """What the person means from here on counts for this alert."""

    alert_id: str


@dataclass(frozen=True, slots=True)
class Language:
    """Go on in another language of the flow."""

    language: str


@dataclass(frozen=True, slots=True)
class SetTempo:
    """Say everything from here on as fast as that."""

    tempo: Tempo


@dataclass(frozen=True, slots=True)
class HoldKey:
    """Keep a key for the next question."""

    digit: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Overlook:
    """The current gather has all its digits: the key that ends one early means nothing if it comes next."""

    key: str


@dataclass(frozen=True, slots=True)
class ForgetKeys:
    """Throw away what was pressed ahead."""


@dataclass(frozen=True, slots=True)
class Log:
    """Write a step into the call's log."""

    kind: str
    detail: Mapping[str, object] = field(default_factory=dict)


Action = (
    Speak
    | Replay
    | Listen
    | Go
    | Enter
    | Return
    | Rejoin
    | Perform
    | Finish
    | Answer
    | RaiseTier
    | Remember
    | Collect
    | Keep
    | KeepSecret
    | Assign
    | Bring
    | BeginMatter
    | Language
    | SetTempo
    | HoldKey
    | Overlook
    | ForgetKeys
    | Log
)
Actions = tuple[Action, ...]
"""The last, and only the last, is one of Speak, Replay, Listen, Go, Enter, Return, Rejoin, Perform or
Finish."""
