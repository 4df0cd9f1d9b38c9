"""What keyed digits can stand for, and how they are read."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from datetime import date, time
from enum import StrEnum

from ivr.flows.variables import Variables, look_up
from ivr.money import Money, parse_money
from ivr.phone_number import PhoneNumber, never_dialled, parse_phone_number, region_of

POINT = "*"
"""Stands for the decimal point among the digits of an amount, whichever key it was; that key by default."""

_YEARS = 9
"""Years among which a day of some month is looked for: they hold a leap day, across a century's turn too."""


class Form(StrEnum):
    """What keyed digits are read as."""

    DIGITS = "digits"
    """As they are: text."""
    AMOUNT = "amount"
    """`120*50`: an amount in the currency of its limits or the account; `*` or another key is the point."""
    MONTH_DAY = "month_day"
    """`0317`: the next 17 March, today included."""
    DAY_MONTH = "day_month"
    """`1703`: the same day."""
    LAST_MONTH_DAY = "last_month_day"
    """`0317`: the last 17 March, today included."""
    LAST_DAY_MONTH = "last_day_month"
    """`1703`: the same day."""
    TIME = "time"
    """`1530`: a time of day."""
    TELEPHONE = "telephone"
    """A number as it is dialled in the company's country; abroad with that country's prefix (011, 00)."""


def read(form: Form, digits: str, variables: Variables, currency: str | None = None) -> object | None:
    """Return what the digits stand for; None when they stand for nothing of that form.

    An amount is in that `currency`, without one in that of the account.
    """
    try:
        match form:
            case Form.DIGITS:
                return digits
            case Form.AMOUNT:
                return _amount(digits, variables, currency)
            case Form.MONTH_DAY:
                return _next_day(int(digits[:2]), int(digits[2:]), variables)
            case Form.DAY_MONTH:
                return _next_day(int(digits[2:]), int(digits[:2]), variables)
            case Form.LAST_MONTH_DAY:
                return _last_day(int(digits[:2]), int(digits[2:]), variables)
            case Form.LAST_DAY_MONTH:
                return _last_day(int(digits[2:]), int(digits[:2]), variables)
            case Form.TIME:
                return time(int(digits[:2]), int(digits[2:]))
            case Form.TELEPHONE:
                return _telephone(digits, variables)
    except ValueError:
        return None


def _amount(digits: str, variables: Variables, currency: str | None) -> Money | None:
    owed = look_up(variables, "account.amount_due")
    if currency is None and isinstance(owed, Money):
        currency = owed.currency
    if currency is None or not digits.strip(POINT):
        return None
    return parse_money(digits.replace(POINT, "."), currency)


def _next_day(month: int, day: int, variables: Variables) -> date | None:
    today = variables.get("today")
    if not isinstance(today, date):
        return None
    days = _days(month, day, range(today.year, today.year + _YEARS))
    return next((candidate for candidate in days if candidate >= today), None)


def _last_day(month: int, day: int, variables: Variables) -> date | None:
    today = variables.get("today")
    if not isinstance(today, date):
        return None
    days = _days(month, day, range(today.year, today.year - _YEARS, -1))
    return next((candidate for candidate in days if candidate <= today), None)


def _days(month: int, day: int, years: range) -> Iterator[date]:
    """Yield the day in each of the years that has it."""
    for year in years:
        with suppress(ValueError):
            yield date(year, month, day)


def _telephone(digits: str, variables: Variables) -> PhoneNumber | None:
    region = look_up(variables, "company.region")
    number = parse_phone_number(digits, region if isinstance(region, str) else None)
    # Whoever keyed it in: what is nowhere, or what nobody may dial, is no number to us.
    return None if region_of(number) is None or never_dialled(number) else number
