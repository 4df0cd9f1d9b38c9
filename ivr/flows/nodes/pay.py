"""pay: with a method that is on file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import ClassVar, Literal

from pydantic import ConfigDict, Field

from ivr.errors import FlowError
from ivr.flows.actions import Actions, Answer, ForgetKeys, Go, Log, Perform, Remember, Speak
from ivr.flows.choice import Choice, Choices, Key, NodeName, PromptName
from ivr.flows.effects import Pay
from ivr.flows.fill_in import to_plain
from ivr.flows.nodes.base import Edge, Mention, Use
from ivr.flows.nodes.choosing import ChoosingNode
from ivr.flows.scene import Scene
from ivr.flows.state import KeysDuring
from ivr.flows.variables import VariablePath, look_up, values_of
from ivr.money import Money
from ivr.outcomes.response import Response
from ivr.prompts.content_tier import ContentTier

_ASKED = "asked"
_AGREED = "agreed"
_RESULTS = ("success", "declined", "provider_error", "link", "settled")


class PayNode(ChoosingNode):
    """Pays an amount with the saved method, after a key that confirms it.

    The summary (amount and method) is always heard to its end and keys mean nothing during it, so that
    neither a key pressed ahead nor one that the line doubled ever pays. Then the prompt asks for the key.
    """

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "type": "pay",
                "summary": "overdue-pay-summary",
                "prompt": "overdue-pay-confirm",
                "confirm": "1",
                "keys": {"2": "menu"},
                "wait": "overdue-pay-wait",
                "success": "paid",
                "declined": "declined",
                "provider_error": "unknown",
                "link": "send-link",
                "settled": "already-settled",
                "unavailable": "menu",
            }
        }
    )

    least_tier: ClassVar[ContentTier] = ContentTier.CONFIRMED
    ways_without_key: ClassVar[tuple[str, ...]] = ("no_input", "unavailable")

    type: Literal["pay"]
    amount: VariablePath = Field(default="account.amount_due", description="the variable that is paid")
    method: VariablePath = Field(default="payment_method", description="the variable with the method")
    summary: PromptName = Field(description="amount and method")
    confirm: Key = Field(default="1", description="the key that pays")
    keys: Choices = Field(default_factory=dict, description="what other keys lead to: a way back")
    wait: PromptName | None = Field(default=None, description="said before the payment is made")
    success: NodeName = Field(description="when it was charged")
    declined: NodeName = Field(description="when nothing was charged")
    provider_error: NodeName = Field(description="when nobody knows whether it was paid")
    link: NodeName | None = Field(
        default=None,
        description="when the customer must agree on the page `result.link`; else: declined",
    )
    settled: NodeName | None = Field(
        default=None, description="when it was paid since the call began; else: unavailable"
    )
    unavailable: NodeName = Field(description="when there is no saved method, or nothing to pay")

    def own_choices(self) -> Mapping[str, Choice]:
        """Return the keys that lead away."""
        return self.keys

    def key_fields(self) -> Iterator[tuple[str, str]]:
        """Yield every key that the node takes, with its field."""
        yield "confirm", self.confirm
        yield from super().key_fields()

    def edges(self) -> tuple[Edge, ...]:
        """Return where results, keys, silence and wrong keys lead."""
        results = ((name, getattr(self, name)) for name in _RESULTS)
        return (
            *(Edge((name,), to, sets=("result",)) for name, to in results if to is not None),
            Edge(("unavailable",), self.unavailable),
            *(Edge(("keys", key), choice.to) for key, choice in self.keys.items()),
            *super().edges(),
        )

    def mentions(self) -> tuple[Mention, ...]:
        """Return what is said."""
        wait = () if self.wait is None else (Mention(("wait",), self.wait),)
        return (Mention(("summary",), self.summary), *super().mentions(), *wait)

    def opening(self) -> tuple[str, ...]:
        """Return the summary and the question."""
        return (self.summary, self.prompt)

    def uses(self) -> tuple[Use, ...]:
        """Return the variables of amount and method."""
        return (Use(("amount",), self.amount), Use(("method",), self.method))

    def enter(self, scene: Scene) -> Actions:
        """Say what would be paid."""
        if self._payment(scene) is None:
            return (Go(self.unavailable),)
        return (ForgetKeys(), Speak((self.summary,), KeysDuring.IGNORE))

    def spoken(self, scene: Scene) -> Actions:
        """Ask after the summary, listen after the question, pay after the wait prompt."""
        match scene.memory.stage:
            case "":
                return (Remember(replace(scene.memory, stage=_ASKED)), self.asked(scene))
            case "asked":
                return super().spoken(scene)
            case _:
                return self._charge(scene)

    def pressed(self, scene: Scene, digit: str) -> Actions:
        """Pay, or follow another key."""
        if digit != self.confirm:
            return super().pressed(scene, digit)
        agreed = (
            Log("menu_choice", {"to": "pay"}),
            Remember(replace(scene.memory, stage=_AGREED)),
        )
        if self.wait is None:
            return (*agreed, *self._charge(scene))
        return (*agreed, Speak((self.wait,), KeysDuring.IGNORE))

    def resulted(self, scene: Scene, result: str) -> Actions:
        """Say what the result means, and go where it leads."""
        match result:
            case "success":
                return (Answer(Response.PAID, self._paid(scene)), Go(self.success))
            case "declined" | "max_failed_attempts":
                return (
                    Answer(Response.PAYMENT_DECLINED, _details(scene)),
                    Go(self.declined),
                )
            case "provider_error":
                return (Answer(Response.PAYMENT_UNKNOWN), Go(self.provider_error))
            case "requires_action":
                return (Go(self.link or self.declined),)
            case "settled":
                return (Go(self.settled or self.unavailable),)
        raise FlowError(f"a payment can't end in {result!r}; see the results of the Pay command")

    def abandoned(self, scene: Scene) -> tuple[Answer, ...]:
        """A hang-up while the money moves: nobody knows yet."""
        return () if scene.effect is None else (Answer(Response.PAYMENT_UNKNOWN),)

    def _charge(self, scene: Scene) -> Actions:
        payment = self._payment(scene)
        return (Go(self.unavailable),) if payment is None else (Perform(payment),)

    def _payment(self, scene: Scene) -> Pay | None:
        amount = look_up(scene.variables, self.amount)
        account_id = look_up(scene.variables, "account.id")
        method_id = look_up(scene.variables, f"{self.method}.id")
        if not isinstance(amount, Money) or amount.minor <= 0:
            return None
        if not isinstance(account_id, str) or not isinstance(method_id, str):
            return None
        due = look_up(scene.variables, "account.amount_due")
        return Pay(
            effect_id=0,
            account_id=account_id,
            amount=amount,
            method_id=method_id,
            due=due if isinstance(due, Money) else None,
            by_link=self.link is not None,
        )

    def _paid(self, scene: Scene) -> Mapping[str, object]:
        """Return what was paid, and what the host said of it."""
        return {"amount": to_plain(look_up(scene.variables, self.amount)), **_details(scene)}


def _details(scene: Scene) -> Mapping[str, object]:
    """Return what the host said of the payment."""
    return {name: to_plain(value) for name, value in values_of(scene.variables, "result").items()}
