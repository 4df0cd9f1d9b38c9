"""take_card: number, expiry and security code of a card, by keypad."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import ClassVar, Literal

from pydantic import ConfigDict, Field

from ivr.errors import FlowError
from ivr.flows.actions import Actions, Assign, Go, Perform, Remember
from ivr.flows.choice import Key, NodeName, PromptName
from ivr.flows.effects import TakeCard
from ivr.flows.nodes.asking import Ask, AskingNode
from ivr.flows.nodes.base import Edge, Mention
from ivr.flows.nodes.gather import VariableName
from ivr.flows.scene import Scene
from ivr.flows.variables import look_up, values_of
from ivr.payments.card import LONGEST, SHORTEST, expiry_of, is_card_number
from ivr.prompts.content_tier import ContentTier

NUMBER, EXPIRY, CODE = "card_number", "card_expiry", "card_code"


class TakeCardNode(AskingNode):
    """Takes a card by keypad, for one payment: number, expiry (month and year), security code.

    All of it stays in memory until the provider has it; `own.<variable>` is then what a `pay` node takes as
    its `method`, with `kind` and `ending` to speak of. What no card can have is asked for again, like a wrong
    answer. Only where the settings allow card keying; elsewhere it is `unavailable` at once.
    """

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "type": "take_card",
                "number": "ask-card-number",
                "expiry": "ask-card-expiry",
                "code": "ask-card-code",
                "variable": "card",
                "taken": "pay-with-card",
                "aborted": "menu",
                "unavailable": "menu",
                "failed": "agent",
                "attempts": 3,
                "no_match": {"prompt": "card-not-right", "to": "agent"},
            }
        }
    )
    least_tier: ClassVar[ContentTier] = ContentTier.CONFIRMED
    ways_without_key: ClassVar[tuple[str, ...]] = ("no_input", "unavailable", "failed")

    type: Literal["take_card"]
    number: PromptName = Field(description="asks for the number")
    expiry: PromptName = Field(description="asks for month and year, two digits each")
    code: PromptName = Field(description="asks for the security code")
    restart: Key | None = Field(default=None, description="the key that begins a number anew")
    abort: Key = Field(default="*", description="the key that gives it up")
    variable: VariableName = Field(default="card", description="what `own.` keeps the card as")
    taken: NodeName = Field(description="when the provider keeps the card")
    aborted: NodeName = Field(description="when it was given up")
    unavailable: NodeName = Field(description="when the settings do not allow it")
    failed: NodeName = Field(description="when the provider could not be asked")

    @property
    def asks_for_secret(self) -> bool:
        """Whether what is keyed here is kept in memory only."""
        return True

    def edges(self) -> tuple[Edge, ...]:
        """Return where results, silence, wrong answers and giving up lead."""
        return (
            Edge(("taken",), self.taken, sets=(f"own.{self.variable}",)),
            Edge(("aborted",), self.aborted),
            Edge(("unavailable",), self.unavailable),
            Edge(("failed",), self.failed),
            *super().edges(),
        )

    def mentions(self) -> tuple[Mention, ...]:
        """Return what is said."""
        asked = (("number",), self.number), (("expiry",), self.expiry), (("code",), self.code)
        return (*(Mention(path, prompt) for path, prompt in asked), *super().mentions())

    def opening(self) -> tuple[str, ...]:
        """Return the first question."""
        return (self.number,)

    def asks(self, scene: Scene) -> Sequence[Ask]:  # noqa: ARG002 (always all three)
        """Return number, expiry and code."""
        return (
            Ask(NUMBER, self.number, SHORTEST, LONGEST, secret=True),
            Ask(EXPIRY, self.expiry, 4, 4, secret=True),
            Ask(CODE, self.code, 3, 4, secret=True),
        )

    def enter(self, scene: Scene) -> Actions:
        """Ask, where that is allowed."""
        if look_up(scene.variables, "payments.card_keying") is not True:
            return (Go(self.unavailable),)
        return super().enter(scene)

    def pressed(self, scene: Scene, digit: str) -> Actions:
        """Take a key, or give up."""
        return (Go(self.aborted),) if digit == self.abort else super().pressed(scene, digit)

    def accepts_secret(self, scene: Scene, ask: Ask, digits: str) -> bool:
        """Say whether a card can have it."""
        today = scene.variables.get("today")
        match ask.variable:
            case "card_number":
                return is_card_number(digits)
            case "card_expiry":
                return isinstance(today, date) and expiry_of(digits, today) is not None
        return True

    def completed(self, scene: Scene) -> Actions:
        """Have the provider keep it; whatever is wrong with it, all of it is asked for again."""
        again = Remember(replace(scene.memory, step=0))
        return (again, Perform(TakeCard(0, NUMBER, EXPIRY, CODE)))

    def resulted(self, scene: Scene, result: str) -> Actions:
        """Go on with the card, ask for it again, or give up."""
        match result:
            case "taken":
                return (Assign(self.variable, dict(values_of(scene.variables, "result"))), Go(self.taken))
            case "refused":
                return self.mismatched(scene)
            case "failed":
                return (Go(self.failed),)
        raise FlowError(f"a card can't end in {result!r}; its results are {TakeCard.results}")
