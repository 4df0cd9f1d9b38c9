"""What a prompt came to before, so that the same values are put into words once.

A customer hears most prompts of a call more than once, and many speak of nothing but the company. Only the
values decide what is heard: whoever has the same ones hears the same.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from functools import lru_cache
from typing import Any

from ivr.money import Money
from ivr.prompts.segment import Segment

_MOST = 128
"""Renderings of one prompt that are kept: enough for the calls that go on at one time."""
_ONE_WORDING = frozenset({str, Money, date, bool, type(None)})
"""Kinds whose equal values are said alike; of numbers, 2.5 and 2.50 are not."""

Rendering = list[tuple[Segment, ...]]
"""What the prompt came to; empty until it was rendered."""


class SaidBefore:
    """The renderings of one prompt, by the values that it speaks of."""

    def __init__(self, variables: Collection[str]) -> None:
        """Take the dotted paths of all that the prompt may ask for; dates also depend on `today`."""
        by_owner: dict[tuple[str, ...], list[str]] = {}
        for path in (*sorted(variables), "today"):
            *owner, name = path.split(".")
            by_owner.setdefault(tuple(owner), []).append(name)
        self._names = tuple(by_owner.items())
        """What is looked up, by the path of the mapping that holds it."""
        # Of `order.items`, Jinja takes the method that every mapping has: it tells more than one value.
        self._asks_for_values = not any(hasattr(dict, name) for path in variables for name in path.split("."))
        self._of_values = lru_cache(maxsize=_MOST)(_unknown)

    def rendering(self, variables: Mapping[str, object]) -> Rendering:
        """Return the rendering for these variables; one that is empty is to be filled by the caller."""
        values: list[object] = []
        try:
            for path, names in self._names:
                owner: Any = variables
                for part in path:
                    owner = owner[part]
                values += map(owner.__getitem__, names)
        except (KeyError, TypeError, AttributeError):
            return []
        if self._asks_for_values and _ONE_WORDING.issuperset(map(type, values)):
            return self._of_values(tuple(values))
        return []


def _unknown(_: tuple[object, ...]) -> Rendering:
    return []
