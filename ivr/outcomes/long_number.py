"""Numbers in what people write freely that may be a card's."""

from __future__ import annotations

import re

_LONG_NUMBER = re.compile(r"(?:\d[\W_]{0,3}){12,}")
"""Twelve digits or more of any script, with up to three signs that are no letters between them."""


def has_long_number(text: str) -> bool:
    """Say whether there is a number that may be a card's, however it is grouped."""
    return _LONG_NUMBER.search(text) is not None
