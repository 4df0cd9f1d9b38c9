"""set_pin: a PIN for the next calls."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import ClassVar, Literal

from pydantic import ConfigDict, Field, field_validator

from ivr.errors import FlowError
from ivr.flows.actions import Actions, Go, Perform, Remember
from ivr.flows.choice import NodeName, PromptName
from ivr.flows.effects import SetPin
from ivr.flows.factor import LEAST_DIGITS, Factor
from ivr.flows.nodes.asking import Ask, AskingNode
from ivr.flows.nodes.base import Edge, Mention
from ivr.flows.nodes.gather import Digits, Length
from ivr.flows.scene import Scene
from ivr.prompts.content_tier import ContentTier


class SetPinNode(AskingNode):
    """Enrols or resets a PIN, keyed twice; only for somebody who has proved another factor.

    Who has proved nothing but the PIN itself is sent on to `unproven`: a PIN that was overheard must not
    become another that only the thief knows.

    Entries that differ, and a PIN that is too easily guessed, are asked for again, like a wrong answer.
    """

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "type": "set_pin",
                "prompt": "new-pin",
                "again": "new-pin-again",
                "done": "pin-set",
                "failed": "agent",
                "no_match": {"prompt": "pin-refused", "to": "agent"},
            }
        }
    )
    least_tier: ClassVar[ContentTier] = ContentTier.VERIFIED
    ways_without_key: ClassVar[tuple[str, ...]] = ("no_input", "unproven", "failed")

    type: Literal["set_pin"]
    prompt: PromptName = Field(description="asks for the new PIN")
    again: PromptName = Field(description="asks for it a second time")
    length: Digits = Field(default=Length(least=LEAST_DIGITS, most=8), description="how many digits it has")
    done: NodeName = Field(description="when it is kept")
    failed: NodeName = Field(description="when it could not be kept")
    unproven: NodeName | None = Field(
        default=None, description="when only the PIN itself was proved; without it: `failed`"
    )

    @field_validator("length")
    @classmethod
    def _can_prove_something(cls, length: Length) -> Length:
        if length.least < LEAST_DIGITS:
            raise ValueError(f"{length.least} digits are soon guessed; ask for {LEAST_DIGITS} at least")
        return length

    @property
    def asks_for_secret(self) -> bool:
        """Whether what is keyed here is kept in memory only."""
        return True

    def edges(self) -> tuple[Edge, ...]:
        """Return where results, silence and wrong answers lead."""
        unproven = () if self.unproven is None else (Edge(("unproven",), self.unproven),)
        return (Edge(("done",), self.done), Edge(("failed",), self.failed), *unproven, *super().edges())

    def mentions(self) -> tuple[Mention, ...]:
        """Return what is said."""
        return (Mention(("prompt",), self.prompt), Mention(("again",), self.again), *super().mentions())

    def opening(self) -> tuple[str, ...]:
        """Return the first question."""
        return (self.prompt,)

    def asks(self, scene: Scene) -> Sequence[Ask]:  # noqa: ARG002 (it is always asked for twice)
        """Return the PIN, twice."""
        least, most = self.length.least, self.length.most
        return (
            Ask("new_pin", self.prompt, least, most, secret=True),
            Ask("new_pin_again", self.again, least, most, secret=True),
        )

    def enter(self, scene: Scene) -> Actions:
        """Ask, or send on whom another factor has not proved."""
        if all(factor is Factor.PIN for factor in scene.proven):
            return (Go(self.unproven or self.failed),)
        return super().enter(scene)

    def completed(self, scene: Scene) -> Actions:
        """Have it stored; whatever is wrong with it, the first entry is asked for again."""
        return (
            Remember(replace(scene.memory, step=0)),
            Perform(SetPin(0, "new_pin", "new_pin_again")),
        )

    def resulted(self, scene: Scene, result: str) -> Actions:
        """Go on, or ask for both entries again."""
        match result:
            case "done":
                return (Go(self.done),)
            case "differ" | "refused":
                return self.mismatched(scene)
            case "failed":
                return (Go(self.failed),)
        raise FlowError(f"a PIN can't end in {result!r}; its results are {SetPin.results}")
