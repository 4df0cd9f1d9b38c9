"""find_reference: whom does the caller call about?"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from pydantic import ConfigDict, Field

from ivr.alerts.reference import LENGTH
from ivr.errors import FlowError
from ivr.flows.actions import Actions, Bring, Go, Perform
from ivr.flows.choice import NodeName, PromptName
from ivr.flows.effects import FindReference
from ivr.flows.nodes.asking import Ask, AskingNode
from ivr.flows.nodes.base import Edge, Mention
from ivr.flows.scene import Scene

_HANDLE = "reference"


class FindReferenceNode(AskingNode):
    """Asks a caller for the reference that our letter, message or voice named, and finds whom it belongs to.

    That is no proof of who calls: `verify_factor` comes next, also for who has proved to be somebody else.
    Of somebody else nothing is kept: no variable that the flow has set, no proof, no matter, nothing keyed.
    `no_match` says what follows a wrong reference; after `attempts` of them the call goes where
    `no_match.to` leads.
    """

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "type": "find_reference",
                "prompt": "ask-reference",
                "found": "prove",
                "locked": "reference-locked",
                "no_match": {"prompt": "no-such-reference", "to": "agent"},
            }
        }
    )

    type: Literal["find_reference"]
    prompt: PromptName = Field(description="asks for the reference")
    found: NodeName = Field(description="when it is one of ours")
    locked: NodeName = Field(description="after too many wrong ones from this number, over all calls")

    @property
    def asks_for_secret(self) -> bool:
        """Whether what is keyed here is kept in memory only."""
        return True

    def edges(self) -> tuple[Edge, ...]:
        """Return where results, silence and wrong answers lead."""
        return (
            Edge(("found",), self.found, loses_proof=True),
            Edge(("locked",), self.locked),
            *super().edges(),
        )

    def mentions(self) -> tuple[Mention, ...]:
        """Return the question and what is said before it is asked again."""
        return (Mention(("prompt",), self.prompt), *super().mentions())

    def opening(self) -> tuple[str, ...]:
        """Return the question."""
        return (self.prompt,)

    def asks(self, scene: Scene) -> Sequence[Ask]:  # noqa: ARG002 (there is one reference)
        """Return the reference."""
        return (Ask(_HANDLE, self.prompt, LENGTH, LENGTH, secret=True),)

    def completed(self, scene: Scene) -> Actions:  # noqa: ARG002 (the reference is named)
        """Have it looked up."""
        return (Perform(FindReference(0, _HANDLE)),)

    def resulted(self, scene: Scene, result: str) -> Actions:
        """Go on about whom it belongs to, ask again, or give up."""
        match result:
            case "found":
                return (Bring(), Go(self.found))
            case "unknown":
                return self.mismatched(scene)
            case "locked":
                return (Go(self.locked),)
        raise FlowError(f"a reference can't end in {result!r}; its results are {FindReference.results}")
