"""What a rule leaves to the customer: whether they hear of it, from which amount on, and at what time."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, model_validator
from pydantic import Field as ModelField

from ivr.money import Money
from ivr.rules.condition import Comparison, Condition, Operator, comparisons
from ivr.rules.fields import Field, FieldKind
from ivr.rules.operand import Amount, parse_operand

_ORDERING = (Operator.AT_LEAST, Operator.AT_MOST, Operator.MORE_THAN, Operator.LESS_THAN)


def _money(written: object) -> Money:
    if isinstance(written, Money):
        return written
    amount = parse_operand(FieldKind.MONEY, written)
    if not isinstance(amount, Amount) or amount.currency is None:
        raise ValueError(f"{written!r} has no currency; write an amount like 25.00 USD")
    return Money(amount.minor, amount.currency)


WrittenMoney = Annotated[Money, BeforeValidator(_money)]
"""An amount as it is written in a rule: `25.00 USD`."""


class ThresholdTerms(BaseModel):
    """The amounts that a customer may choose from: `least`, a step more, and so on up to `most`."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)

    field: Field
    """What the chosen amount is compared with; the rule's `when` compares it once."""
    least: WrittenMoney
    most: WrittenMoney
    step: WrittenMoney

    @model_validator(mode="after")
    def _can_be_chosen_from(self) -> Self:
        if self.field.kind is not FieldKind.MONEY:
            raise ValueError(f"{self.field} is no amount; name one that is, as account.balance")
        if len({self.least.currency, self.most.currency, self.step.currency}) > 1:
            raise ValueError("the amounts are in several currencies; write all of them in one")
        if not 0 < self.least.minor < self.most.minor or self.step.minor <= 0:
            raise ValueError("nothing could be chosen; write `least` and `step` above 0, and a higher `most`")
        return self

    def takes(self, amount: Money) -> bool:
        """Say whether an amount that was chosen is still within the limits, whatever the step was then."""
        return amount.currency == self.least.currency and self.least.minor <= amount.minor <= self.most.minor

    def offers(self, amount: Money) -> bool:
        """Say whether an amount can be chosen now."""
        return self.takes(amount) and (amount.minor - self.least.minor) % self.step.minor == 0


class CustomerMay(BaseModel):
    """What customers may choose about a rule's alerts, by keypad."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    named: Annotated[Mapping[str, str], ModelField(min_length=1)]
    """How the alert is called when it is offered, by language: `Low balance`."""
    threshold: ThresholdTerms | None = None
    """From which amount on they hear of it; None: the rule's own."""
    time: bool = False
    """At what time of day they hear of it."""
    off: bool = False
    """Whether they hear of it at all."""
    on_request: bool = False
    """Whether nobody hears of it who did not ask for it."""

    @model_validator(mode="after")
    def _leaves_something(self) -> Self:
        if self.on_request and not self.off:
            raise ValueError("what is on request can be turned off again; add `off: true`")
        if not (self.threshold or self.time or self.off):
            raise ValueError("it leaves nothing to the customer; give `threshold`, `time` or `off`")
        return self

    def name_in(self, language: str) -> str:
        """Return how the alert is called in a language, or in the first that is written."""
        return self.named.get(language) or next(iter(self.named.values()))


def check_threshold(terms: ThresholdTerms, when: Condition, cancel_when: Condition | None) -> None:
    """Raise ValueError unless an amount that is chosen can take the place of the one in `when`."""
    own = [each for each in comparisons(when) if each.field is terms.field]
    if len(own) != 1 or own[0].operator not in _ORDERING:
        raise ValueError(
            f"customers can choose {terms.field} where `when` compares it once, by {', '.join(_ORDERING)}; "
            f"`when` compares it {len(own)} times"
        )
    _check_own_amount(terms, own[0])
    if cancel_when is not None and any(each.field is terms.field for each in comparisons(cancel_when)):
        raise ValueError(
            f"customers choose {terms.field}, and `cancel_when` compares it as well; leave `cancel_when` "
            f"out: an alert ends when `when` no longer holds"
        )


def _check_own_amount(terms: ThresholdTerms, own: Comparison) -> None:
    (amount,) = own.values
    is_amount = isinstance(amount, Amount) and amount.currency is not None
    if not is_amount or not terms.takes(_money(amount)):
        raise ValueError(
            f"the rule's own amount, {amount}, is none to choose; write `least` and `most` around it"
        )
