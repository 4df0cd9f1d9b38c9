"""What a flow sends along comes as plain text: amounts and days become what they were."""

from __future__ import annotations

import re
from datetime import date

from ivr.money import Money, parse_money

_AMOUNT = re.compile(r"(-?[0-9]+(?:\.[0-9]+)?) ([A-Z]{3})\Z", re.ASCII)
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\Z", re.ASCII)


def from_plain(value: object) -> object:
    """Return the Money of `42.50 USD`, the day of `2026-03-01`, and everything else as it is."""
    if not isinstance(value, str):
        return value
    try:
        if amount := _AMOUNT.match(value):
            return _money(amount)
        return date.fromisoformat(value) if _DAY.match(value) else value
    except ValueError:
        return value


def _money(amount: re.Match[str]) -> Money:
    return parse_money(amount[1], amount[2])
