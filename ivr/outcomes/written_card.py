"""Card numbers in what people write freely."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ivr.payments.card import LONGEST, SHORTEST, is_card_number

_RUN = re.compile(r"\d+(?:[\W_]{1,3}\d+)*")
"""Groups of digits, of any script, with up to three signs that are no letters between them."""
_GROUP = re.compile(r"\d+")


def holds_card_number(text: str) -> bool:
    """Say whether there is a number that can be a card's, in groups as people write one.

    It is as long as those of its brand, and its check digit is right: days, amounts and telephone numbers are
    no cards, however many of them stand in a row.
    """
    runs = (_GROUP.findall(run) for run in _RUN.findall(text))
    return any(is_card_number(number) for groups in runs for number in _numbers(groups))


def _numbers(groups: Sequence[str]) -> Iterator[str]:
    """Yield what can be read as one number, from the beginning of a group on."""
    for begin, group in enumerate(groups):
        # What is written right behind a card, as its last month, does not hide it.
        yield from (group[:length] for length in range(SHORTEST, len(group)))
        for end in range(begin + 1, len(groups) + 1):
            number = "".join(groups[begin:end])
            if len(number) > LONGEST:
                break
            if _is_grouped_as_card([len(each) for each in groups[begin:end]]):
                yield number


def _is_grouped_as_card(lengths: Sequence[int]) -> bool:
    """Say whether people group a card so: not as a day or a telephone number."""
    *first, last = lengths
    is_even = len(set(first)) == 1 and last <= first[0]
    return is_even or all(length >= 4 for length in first) or lengths == [4, 3, 3, 3]
