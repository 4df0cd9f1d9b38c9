"""vault: an outside vault talks with the customer and takes their card; we get a token."""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import ConfigDict, Field

from ivr.errors import FlowError
from ivr.flows.actions import Actions, Assign, ForgetKeys, Go, Perform, Speak
from ivr.flows.choice import NodeName, PromptName
from ivr.flows.effects import HandToVault
from ivr.flows.nodes.base import BaseNode, Edge, Mention
from ivr.flows.nodes.gather import VariableName
from ivr.flows.scene import Scene
from ivr.flows.state import KeysDuring
from ivr.flows.variables import values_of
from ivr.prompts.content_tier import ContentTier


class VaultNode(BaseNode):
    """Hands the call to the vault of the settings, and goes on with the customer when they come back.

    `own.<variable>` is then what a `pay` node takes as its `method`, with `kind` and `ending` to speak of.
    Nothing of the stay is in a recording, and keys that are pressed there mean nothing here.
    """

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "type": "vault",
                "prompt": "vault-connecting",
                "variable": "card",
                "keep": True,
                "taken": "pay-with-card",
                "no_card": "menu",
                "unavailable": "menu",
                "failed": "menu",
            }
        }
    )
    least_tier: ClassVar[ContentTier] = ContentTier.CONFIRMED

    type: Literal["vault"]
    prompt: PromptName | None = Field(default=None, description="said before")
    variable: VariableName = Field(default="card", description="what `own.` keeps the card as")
    keep: bool = Field(default=False, description="whether the card is offered in later calls; say so before")
    taken: NodeName = Field(description="when the vault has a card")
    no_card: NodeName = Field(description="when it took none: the customer gave up, or it refused the card")
    unavailable: NodeName = Field(description="when there is no vault, or it does not answer the call")
    failed: NodeName = Field(description="when nobody knows, or what it said makes no sense")

    @property
    def is_private(self) -> bool:
        """Whether nothing of what is keyed and said here may be in a recording of the call."""
        return True

    def edges(self) -> tuple[Edge, ...]:
        """Return where each result leads."""
        return (
            Edge(("taken",), self.taken, sets=(f"own.{self.variable}",)),
            Edge(("no_card",), self.no_card),
            Edge(("unavailable",), self.unavailable),
            Edge(("failed",), self.failed),
        )

    def mentions(self) -> tuple[Mention, ...]:
        """Return what is said before."""
        return () if self.prompt is None else (Mention(("prompt",), self.prompt),)

    def enter(self, scene: Scene) -> Actions:
        """Announce it, or hand over at once. Keys pressed before mean nothing after."""
        if self.prompt is None:
            return (ForgetKeys(), *self.spoken(scene))
        return (ForgetKeys(), Speak((self.prompt,), KeysDuring.IGNORE))

    def spoken(self, scene: Scene) -> Actions:  # noqa: ARG002 (handing over depends on nothing)
        """Hand over."""
        return (Perform(HandToVault(0, self.keep)),)

    def resulted(self, scene: Scene, result: str) -> Actions:
        """Go where the result leads, with the card if there is one."""
        if result == "taken":
            card = dict(values_of(scene.variables, "result"))
            return (ForgetKeys(), Assign(self.variable, card), Go(self.taken))
        if result in HandToVault.results:
            return (ForgetKeys(), Go(getattr(self, result)))
        raise FlowError(f"a vault can't end in {result!r}; its results are {HandToVault.results}")
