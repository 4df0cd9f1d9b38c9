"""check_pin: let an administrator in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from pydantic import ConfigDict, Field

from ivr.errors import FlowError
from ivr.flows.actions import Actions, Go, Perform, RaiseTier
from ivr.flows.choice import NodeName, PromptName
from ivr.flows.effects import CheckPin
from ivr.flows.nodes.asking import Ask, AskingNode
from ivr.flows.nodes.base import Edge, Mention
from ivr.flows.nodes.gather import Digits, Length
from ivr.flows.scene import Scene
from ivr.prompts.content_tier import ContentTier

_HANDLE = "pin"


class CheckPinNode(AskingNode):
    """Asks for the studio's PIN; the right one makes the caller an `administrator`.

    The PIN is a setting; without one nobody gets in. What is keyed stays in memory until the host has
    compared it. `no_match` says what follows a wrong one; after `attempts` of them the call goes where
    `no_match.to` leads.
    """

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "type": "check_pin",
                "prompt": "studio-pin",
                "match": "number",
                "locked": "studio-locked",
                "closed": "studio-closed",
                "no_match": {"prompt": "studio-wrong-pin"},
            }
        }
    )

    type: Literal["check_pin"]
    prompt: PromptName = Field(description="asks for the PIN")
    length: Digits = Field(default=Length(least=6, most=12), description="how many digits it has")
    match: NodeName = Field(description="when it is the PIN")
    locked: NodeName = Field(description="after too many wrong ones, over all calls")
    closed: NodeName = Field(description="when no PIN is set")

    @property
    def asks_for_secret(self) -> bool:
        """Whether what is keyed here is kept in memory only."""
        return True

    def edges(self) -> tuple[Edge, ...]:
        """Return where results, silence and wrong answers lead."""
        return (
            Edge(("match",), self.match, ContentTier.ADMINISTRATOR),
            Edge(("locked",), self.locked),
            Edge(("closed",), self.closed),
            *super().edges(),
        )

    def mentions(self) -> tuple[Mention, ...]:
        """Return the question and what is said before it is asked again."""
        return (Mention(("prompt",), self.prompt), *super().mentions())

    def opening(self) -> tuple[str, ...]:
        """Return the question."""
        return (self.prompt,)

    def asks(self, scene: Scene) -> Sequence[Ask]:  # noqa: ARG002 (there is one PIN)
        """Return the PIN."""
        return (Ask(_HANDLE, self.prompt, self.length.least, self.length.most, secret=True),)

    def completed(self, scene: Scene) -> Actions:  # noqa: ARG002 (the PIN is named)
        """Have it compared."""
        return (Perform(CheckPin(0, _HANDLE)),)

    def resulted(self, scene: Scene, result: str) -> Actions:
        """Let in, ask again, or give up."""
        match result:
            case "match":
                return (RaiseTier(ContentTier.ADMINISTRATOR), Go(self.match))
            case "no_match":
                return self.mismatched(scene)
            case "locked":
                return (Go(self.locked),)
            case "closed":
                return (Go(self.closed),)
        raise FlowError(f"a PIN can't end in {result!r}; its results are {CheckPin.results}")
