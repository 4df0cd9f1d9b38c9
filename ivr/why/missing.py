"""Which comparisons of a condition stand against it, and what each would need."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from ivr.rules.condition import All, AnyOf, Comparison, Condition, Not, Operator
from ivr.rules.evaluate import truth
from ivr.rules.fields import Subject, shown
from ivr.rules.in_words import OPERATOR_WORDS, operands_in_words
from ivr.why.explanation import Missing


def missing_in(condition: Condition, subject: Subject) -> tuple[Missing, ...]:
    """Return what keeps `condition` from holding, in the order written; nothing when it holds."""
    return tuple(dict.fromkeys(_against(condition, subject, must_be=True, is_alternative=False)))


def _against(
    condition: Condition, subject: Subject, *, must_be: bool, is_alternative: bool
) -> Iterator[Missing]:
    if truth(condition, subject) is must_be:
        return
    match condition:
        case All(all=parts):
            # For an `all` to be false one false part is enough.
            yield from _parts(parts, subject, must_be, is_alternative or (not must_be and len(parts) > 1))
        case AnyOf(any=parts):
            yield from _parts(parts, subject, must_be, is_alternative or (must_be and len(parts) > 1))
        case Not(part=part):
            yield from _against(part, subject, must_be=not must_be, is_alternative=is_alternative)
        case Comparison():
            yield _told(condition, subject, must_be, is_alternative)


def _parts(
    parts: Sequence[Condition], subject: Subject, must_be: bool, is_alternative: bool
) -> Iterator[Missing]:
    for part in parts:
        yield from _against(part, subject, must_be=must_be, is_alternative=is_alternative)


def _told(comparison: Comparison, subject: Subject, must_be: bool, is_alternative: bool) -> Missing:
    value, needed = shown(subject.value(comparison.field)), _needed(comparison, subject.today, must_be)
    sentence = f"{comparison.field.spoken} is {value}; needed: {needed}"
    return Missing(comparison.field.value, value, needed, is_alternative, sentence)


def _needed(comparison: Comparison, today: date, must_be: bool) -> str:
    if comparison.operator is Operator.PRESENT:
        return "known" if comparison.operands[0] is must_be else "unknown"
    words = f"{OPERATOR_WORDS[comparison.operator]}{operands_in_words(comparison, today)}"
    return words if must_be else f"known, and not {words}"
