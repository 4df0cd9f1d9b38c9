"""A telephone number in the groups in which people of its country read it aloud."""

from __future__ import annotations

import re
from functools import lru_cache

from ivr.phone_number import PhoneNumber, national_format


@lru_cache(maxsize=4096)
def telephone_groups(number: PhoneNumber) -> tuple[str, ...]:
    """Return the national form's groups of digits: `202`, `555`, `0123`. None is longer than four digits.

    A pause every three or four digits is what people can write down; some countries' national forms have
    longer runs, which are cut into threes with a last group of two to four.
    """
    groups = re.findall(r"[0-9]+", national_format(number))
    return tuple(part for group in groups for part in _shortened(group))


def _shortened(group: str) -> list[str]:
    parts = []
    while len(group) > 4:
        parts.append(group[:3])
        group = group[3:]
    return [*parts, group]
