"""What a condition compares a field with, as written in YAML and as a value."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from babel import Locale

from ivr.money import parse_money
from ivr.rules.fields import FieldKind

_LARGEST_MINOR = 10**15
"""Far beyond any account, and safely inside a database's 64-bit integer."""
_FURTHEST_DAYS = 36_500


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount to compare with; without a currency only zero can be meant, which is zero in all of them."""

    minor: int
    currency: str | None

    def __str__(self) -> str:
        if self.currency is None:
            return str(self.minor)
        # The scale is taken from the same table as the money that is compared with it.
        whole = parse_money("1", self.currency).minor
        places = len(str(whole)) - 1
        return f"{Decimal(self.minor).scaleb(-places)} {self.currency}"


@dataclass(frozen=True, slots=True)
class RelativeDay:
    """A day counted from the day on which the rule is asked: `today-3` is three days ago."""

    days: int

    def on(self, today: date) -> date:
        """Return the day meant."""
        return today + timedelta(days=self.days)

    def __str__(self) -> str:
        return "today" if self.days == 0 else f"today{self.days:+d}"


Operand = str | int | date | Amount | RelativeDay


def parse_operand(kind: FieldKind, raw: object) -> Operand:
    """Read what was written beside an operator; raises ValueError with what would be right."""
    if isinstance(raw, Amount | RelativeDay | date):
        return raw
    if isinstance(raw, bool) or not isinstance(raw, str | int | float):
        raise ValueError(f"{raw!r} is nothing to compare with; write one value")  # noqa: TRY004
    match kind:
        case FieldKind.MONEY:
            return _amount(str(raw))
        case FieldKind.DAY:
            return _day(str(raw))
        case FieldKind.COUNT:
            return _count(raw)
        case FieldKind.TEXT:
            return _text(raw)


def _amount(text: str) -> Amount:
    number, _, currency = text.strip().partition(" ")
    if not currency:
        if number.strip("0.") == "" and "0" in number:
            return Amount(0, None)
        raise ValueError(f"{text!r} has no currency; write an amount like 25.00 USD, or 0")
    if currency not in Locale("en").currencies:
        raise ValueError(f"{currency!r} is no currency; write its three capital letters, as in 25.00 USD")
    try:
        minor = parse_money(number, currency).minor
    except ValueError as error:
        raise ValueError(f"{error}; write an amount like 25.00 USD") from None
    if abs(minor) > _LARGEST_MINOR:
        raise ValueError(f"{text!r} is beyond any account; write a smaller amount")
    return Amount(minor, currency)


def _day(text: str) -> date | RelativeDay:
    right = "write today, today-3, today+3 or a date like 2025-01-31"
    word = text.replace(" ", "")
    if word.startswith("today"):
        offset = word.removeprefix("today")
        if offset == "":
            return RelativeDay(0)
        if offset[0] in "+-" and offset[1:].isdecimal() and offset.isascii() and len(offset) <= 6:
            days = int(offset)
            if abs(days) <= _FURTHEST_DAYS:
                return RelativeDay(days)
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise ValueError(f"{text!r} is no day; {right}") from None


def _count(raw: object) -> int:
    try:
        count = int(str(raw))
    except ValueError:
        raise ValueError(f"{raw!r} is no whole number; write one like 3") from None
    if abs(count) > _FURTHEST_DAYS:
        raise ValueError(f"{raw!r} is too large; stay within {_FURTHEST_DAYS}")
    return count


def _text(raw: str | int | float) -> str:
    if isinstance(raw, float):
        raise ValueError(f"{raw!r} is read as a number; put it in quotes")  # noqa: TRY004
    text = str(raw)
    if not text or "\x00" in text:
        raise ValueError("an empty text matches nothing; use `present: false` for a field without a value")
    return text
