"""What every node type has in common."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import ClassVar, NoReturn

from pydantic import BaseModel, ConfigDict

from ivr.content_file import Path
from ivr.errors import FlowError
from ivr.flows.actions import Actions, Answer
from ivr.flows.scene import Scene
from ivr.outcomes.response import Response
from ivr.prompts.content_tier import ContentTier


@dataclass(frozen=True, slots=True)
class Edge:
    """A way from a node to another."""

    path: Path
    """The field that names the target, inside the node."""
    to: str
    tier: ContentTier = ContentTier.ANYONE
    """How sure of the listener we are at least once we went this way."""
    loses_proof: bool = False
    """Whether somebody else may be on the line once we went this way: nothing proved or set is theirs."""
    sets: tuple[str, ...] = ()
    """Variables, by dotted path or namespace, that are there once we went this way."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A prompt that a node may say."""

    path: Path
    """The field that names it, inside the node."""
    prompt: str
    is_recorded: bool = False
    """Whether it has to be a recording."""
    knows: tuple[str, ...] = ()
    """Variables, by dotted path, that the node itself has set by the time it says this."""
    may_be_missing: bool = False
    """Whether nothing is said where the catalogue does not have it."""


@dataclass(frozen=True, slots=True)
class Use:
    """A variable that a node itself looks at; those of its prompts are known to the catalogue."""

    path: Path
    """The field that names it, inside the node."""
    variable: str


class BaseNode(BaseModel):
    """A step of a flow: what administrators write, and what it does when something happens.

    The session calls `enter` first and then what its last action asked for: `spoken` after Speak, `pressed`
    or `silent` after Listen (`pressed` also during a Speak that keys answer), `resulted` after Perform,
    `returned` after Enter.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    least_tier: ClassVar[ContentTier] = ContentTier.ANYONE
    """How sure of the listener we must be before the node is entered."""
    counts_visits: ClassVar[bool] = False
    """Whether it asks the scene how often it was entered."""

    @property
    def asks_for_secret(self) -> bool:
        """Whether what is keyed here is kept in memory only."""
        return False

    @property
    def is_private(self) -> bool:
        """Whether nothing of what is keyed and said here may be in a recording of the call."""
        return self.asks_for_secret

    def edges(self) -> tuple[Edge, ...]:
        """Return every way out that the node's fields name."""
        return ()

    def mentions(self) -> tuple[Mention, ...]:
        """Return every prompt that the node's fields name."""
        return ()

    def opening(self) -> tuple[str, ...]:
        """Return the prompts that are said from its beginning on, until an answer is waited for."""
        return tuple(mention.prompt for mention in self.mentions())

    def key_fields(self) -> Iterator[tuple[str, str]]:
        """Yield (field, key) for every key that the node tells apart at one question."""
        return iter(())

    def uses(self) -> tuple[Use, ...]:
        """Return every variable that the node's fields name."""
        return ()

    def assigns(self) -> Mapping[str, tuple[str, ...]]:
        """Return the variables of the flow's own that the node sets, each with those that it is made of."""
        return {}

    def responses(self) -> tuple[Response, ...]:
        """Return what a person can mean by what they do here, as far as the node's fields say it."""
        return ()

    def is_unprompted(self, edge: Edge) -> bool:  # noqa: ARG002 (for those that ask or count)
        """Say whether the session takes this way by itself, with no key, as often as it comes here."""
        return True

    def enter(self, scene: Scene) -> Actions:
        """Begin."""
        raise NotImplementedError

    def spoken(self, scene: Scene) -> Actions:  # noqa: ARG002 (for those that speak)
        """Go on after the node's own speech was heard, cut or skipped."""
        self._unasked("spoke")

    def pressed(self, scene: Scene, digit: str) -> Actions:  # noqa: ARG002 (for those that ask)
        """Take a key."""
        self._unasked("asked for a key")

    def silent(self, scene: Scene) -> Actions:  # noqa: ARG002 (for those that ask)
        """Go on after a time without a key."""
        self._unasked("asked for a key")

    def resulted(self, scene: Scene, result: str) -> Actions:  # noqa: ARG002 (for those with an effect)
        """Go on with an effect's result."""
        self._unasked("asked for an effect")

    def returned(self, scene: Scene, result: str) -> Actions:  # noqa: ARG002 (for those that enter a flow)
        """Go on after the flow that it entered."""
        self._unasked("entered a flow")

    def abandoned(self, scene: Scene) -> tuple[Answer, ...]:  # noqa: ARG002 (mostly it means nothing)
        """Say what a hang-up in the middle of this node means."""
        return ()

    def _unasked(self, what: str) -> NoReturn:
        raise FlowError(f"a {type(self).__name__} node never {what}")
