"""Somebody to play a flow for: the sample customer, with differences that people write down.

account: {amount_due: 19.99, due_on: 2026-04-01}
payment_method: null
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from ivr.content_file import ContentFile, Path
from ivr.errors import ContentError, Problem
from ivr.flows.sample_variables import SAMPLE_VARIABLES
from ivr.flows.variables import Variables
from ivr.money import Money, parse_money


def customer_of(content: ContentFile, path: Path = ()) -> Variables:
    """Return the sample customer's variables with the file's in their place: those at `path` in it.

    Raises ContentError with every name that no call has and every value that is not of its kind.
    """
    problems: list[Problem] = []
    own: Any = content.data
    for part in path:
        own = own.get(part, {})
    variables = _overlaid(SAMPLE_VARIABLES, own, path, content, problems)
    if problems:
        raise ContentError(problems)
    return variables


def _overlaid(
    sample: Mapping[str, object],
    own: Mapping[str, object],
    path: Path,
    content: ContentFile,
    problems: list[Problem],
) -> dict[str, object]:
    result = dict(sample)
    for name, value in own.items():
        here = (*path, name)
        usual = sample.get(name)
        if name not in sample:
            problems.append(
                content.problem(
                    here, "no call has a variable of this name", f"use one of {', '.join(sample)}"
                )
            )
        elif isinstance(usual, Mapping) and isinstance(value, Mapping):
            result[name] = _overlaid(usual, value, here, content, problems)
        else:
            try:
                result[name] = _alike(usual, value)
            except ValueError as error:
                right = f"write it as {_shown(usual)}, or null"
                problems.append(content.problem(here, str(error), right))
    return result


def _alike(usual: object, value: object) -> object:
    """Return a written value as what the sample's value is; None stays None."""
    if value is None:
        return None
    if isinstance(value, Mapping | list) or isinstance(usual, Mapping):
        raise ValueError(f"{value!r} can't be used")  # noqa: TRY004 (a person's mistake, not a caller's)
    if isinstance(usual, Money):
        amount, _, currency = str(value).partition(" ")
        return parse_money(amount, currency or usual.currency)
    if isinstance(usual, date):
        return date.fromisoformat(str(value))
    if isinstance(value, bool) or (isinstance(usual, int) and isinstance(value, int)):
        return value
    return str(value)


def _shown(usual: object) -> str:
    if isinstance(usual, Money):
        return f"{usual.amount} {usual.currency}"
    return "a mapping" if isinstance(usual, Mapping) else str(usual)
