"""Does a rule apply to an account today, and why: in words for people, and with the facts it looked at."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from ivr.accounts.account import Account
from ivr.accounts.customer import Customer
from ivr.rules.alert_choice import NOTHING_CHOSEN, AlertChoice, chosen_threshold, is_wanted, rule_for
from ivr.rules.condition import All, AnyOf, Comparison, Condition, Not, Operator, comparisons
from ivr.rules.evaluate import Truth, evaluate, truth
from ivr.rules.fields import Field, Subject, shown
from ivr.rules.in_words import OPERATOR_WORDS, operands_in_words
from ivr.rules.rule import Rule
from ivr.rules.template import template_parts


@dataclass(frozen=True, slots=True)
class Match:
    """A rule's answer about one account on one day, for yes and for no."""

    is_match: bool
    reason: str
    """Of a yes: everything that made it so. Of a no: everything that stood against it."""
    facts: Mapping[str, str]
    """Every field that the rule looked at, as it was, and `today`."""


def match(
    rule: Rule, customer: Customer, account: Account, today: date, chosen: AlertChoice = NOTHING_CHOSEN
) -> Match:
    """Ask `rule` about an account; while a promise about the rule's topic is open, it does not apply.

    `chosen` is what the customer chose about this rule.
    """
    subject = Subject(customer, account, today)
    if not is_wanted(rule, chosen):
        return Match(False, "the customer does not want to hear of it", _facts(rule, subject))
    when = rule_for(rule, chosen).when
    answer = truth(when, subject)
    reason = "; ".join(dict.fromkeys(_because(when, subject, answer)))
    if chosen_threshold(rule, chosen) is not None:
        reason = f"{reason}; as the customer chose"
    if answer is True and (promise := account.promise) is not None and promise.rests(rule.topic):
        reason = f"{shown(promise.amount)} is promised by {promise.due_on}, and reminders rest until then"
        return Match(False, reason, _facts(rule, subject))
    return Match(answer is True, reason, _facts(rule, subject))


def is_cause_gone(
    rule: Rule, customer: Customer, account: Account, today: date, chosen: AlertChoice = NOTHING_CHOSEN
) -> bool:
    """Say whether what `rule` alerts about is over: `cancel_when`, or `when` no longer holds."""
    if rule.cancel_when is not None:
        return evaluate(rule.cancel_when, customer, account, today)
    return not evaluate(rule_for(rule, chosen).when, customer, account, today)


def _facts(rule: Rule, subject: Subject) -> dict[str, str]:
    fields = [comparison.field for comparison in comparisons(rule.when)]
    fields += [part for part in template_parts(rule.dedupe) if isinstance(part, Field)]
    return {"today": subject.today.isoformat()} | {
        field.value: shown(subject.value(field)) for field in sorted(set(fields))
    }


def _because(condition: Condition, subject: Subject, wanted: Truth) -> Iterator[str]:
    """Yield the comparisons that gave `condition` the answer `wanted`."""
    match condition:
        case All(all=parts) | AnyOf(any=parts):
            for part in parts:
                if truth(part, subject) is wanted:
                    yield from _because(part, subject, wanted)
        case Not(part=part):
            yield from _because(part, subject, None if wanted is None else not wanted)
        case Comparison():
            yield _sentence(condition, subject, wanted)


def _sentence(comparison: Comparison, subject: Subject, answer: Truth) -> str:
    field = comparison.field
    value = subject.value(field)
    if comparison.operator is Operator.PRESENT or value is None:
        return f"{field.spoken} is {'known' if value is not None else 'unknown'}"
    operands = operands_in_words(comparison, subject.today)
    if answer is None:
        return f"{field.spoken} is {shown(value)}, which can't be compared with {operands}"
    words = OPERATOR_WORDS[comparison.operator]
    if answer and not words:
        return f"{field.spoken} is {shown(value)}"
    return f"{field.spoken} is {shown(value)}, {'' if answer else 'not '}{words}{operands}"
