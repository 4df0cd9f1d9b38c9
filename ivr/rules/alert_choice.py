"""What a customer chose about the alerts of one rule, and what the rule is for them by then."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time

from ivr.money import Money
from ivr.rules.condition import All, AnyOf, Comparison, Condition, Not, comparisons
from ivr.rules.fields import Field
from ivr.rules.operand import Amount
from ivr.rules.rule import Rule


@dataclass(frozen=True, slots=True)
class AlertChoice:
    """A customer's word on a rule; None leaves a matter to the rule."""

    wanted: bool | None = None
    """Whether they want to hear of it at all."""
    threshold: Money | None = None
    """The amount in the place of the rule's own."""
    at: time | None = None
    """When, on their own clock."""


NOTHING_CHOSEN = AlertChoice()


def is_wanted(rule: Rule, choice: AlertChoice) -> bool:
    """Say whether a customer hears of a rule's alerts, as far as the rule leaves that to them."""
    may = rule.customer_may
    if may is None or not may.off:
        return True
    return choice.wanted is True if may.on_request else choice.wanted is not False


def chosen_time(rule: Rule, choice: AlertChoice) -> time | None:
    """Return when a customer wants to hear of it; None: whenever the rule finds it."""
    return choice.at if rule.customer_may is not None and rule.customer_may.time else None


def chosen_threshold(rule: Rule, choice: AlertChoice) -> Money | None:
    """Return the amount that a customer chose, if the rule still takes it; None: the rule's own counts."""
    terms = None if rule.customer_may is None else rule.customer_may.threshold
    if terms is None or choice.threshold is None or not terms.takes(choice.threshold):
        return None
    return choice.threshold


def own_threshold(rule: Rule) -> Money | None:
    """Return the rule's own amount in the place of which customers may choose one."""
    terms = None if rule.customer_may is None else rule.customer_may.threshold
    if terms is None:
        return None
    own = next(each for each in comparisons(rule.when) if each.field is terms.field)
    (amount,) = own.values
    return Money(amount.minor, amount.currency or "") if isinstance(amount, Amount) else None


def rule_for(rule: Rule, choice: AlertChoice) -> Rule:
    """Return the rule with the amount that a customer chose in the place of its own."""
    threshold = chosen_threshold(rule, choice)
    if threshold is None or rule.customer_may is None or rule.customer_may.threshold is None:
        return rule
    when = with_threshold(rule.when, rule.customer_may.threshold.field, threshold)
    return rule.model_copy(update={"when": when})


def with_threshold(condition: Condition, field: Field, threshold: Money) -> Condition:
    """Return a condition that compares `field` with another amount."""
    match condition:
        case Comparison():
            if condition.field is not field:
                return condition
            amount = Amount(threshold.minor, threshold.currency)
            return condition.model_copy(update={"operands": (amount,)})
        case All(all=parts):
            return All(all=tuple(with_threshold(part, field, threshold) for part in parts))
        case AnyOf(any=parts):
            return AnyOf(any=tuple(with_threshold(part, field, threshold) for part in parts))
        case Not(part=part):
            return condition.model_copy(update={"part": with_threshold(part, field, threshold)})
