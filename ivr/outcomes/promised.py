"""What a response `promised` says in its details, and whether that is within the limits of a promise."""

from __future__ import annotations

import calendar
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Annotated, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator

from ivr.money import Money


class Interval(StrEnum):
    """How far apart the parts of a promise are."""

    WEEK = "week"
    TWO_WEEKS = "two_weeks"
    MONTH = "month"

    def after(self, first: date, times: int) -> date:
        """Return the day that is so many intervals after `first`; a month keeps the day where it has it."""
        if self is not Interval.MONTH:
            return first + timedelta(weeks=times if self is Interval.WEEK else 2 * times)
        years, month = divmod(first.month - 1 + times, 12)
        year, month = first.year + years, month + 1
        return date(year, month, min(first.day, calendar.monthrange(year, month)[1]))


_DAY = re.compile(r"\d{4}-\d\d-\d\d\Z", re.ASCII)


def _written_day(value: object) -> object:
    """Refuse what could be taken for a day but is not written as one: seconds since 1970, a moment."""
    if value is None or type(value) is date or (isinstance(value, str) and _DAY.match(value)):
        return value
    raise ValueError("it is no day; write one as 2026-03-06")


WrittenDay = Annotated[date, BeforeValidator(_written_day)]
"""A day, `2026-03-06`."""
WholeNumber = Annotated[int, Field(strict=True)]
"""A number and nothing that can be made one: `true` is not 1."""


class Promised(BaseModel):
    """The details of a promise: how much, by when, in how many parts.

    Without an amount it is what is due; without a day it is as late as the limits allow.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    amount_minor: WholeNumber | None = Field(default=None, gt=0)
    currency: str | None = Field(default=None, pattern=r"^[A-Z]{3}$")
    on: WrittenDay | None = None
    within_days: WholeNumber | None = Field(default=None, ge=0, le=365)
    parts: WholeNumber = Field(default=1, ge=1, le=24)
    """Equal parts; the day is that of the first."""
    every: Interval = Interval.MONTH
    """How far apart the parts are."""

    @model_validator(mode="after")
    def _says_each_thing_once(self) -> Self:
        if self.on is not None and self.within_days is not None:
            raise ValueError("it says the day twice; keep `within_days` or `on`")
        if (self.amount_minor is None) != (self.currency is None):
            raise ValueError("an amount needs its currency; give both or neither")
        return self

    def first_day(self, today: date) -> date | None:
        """Return the day of the (first) payment, None where none is given."""
        return self.on if self.within_days is None else today + timedelta(days=self.within_days)

    def amount(self, due: Money) -> Money:
        """Return what is promised where `due` is due."""
        if self.amount_minor is None or self.currency is None:
            return due
        return Money(self.amount_minor, self.currency)


def read_promised(details: Mapping[str, object]) -> Promised:
    """Read a response's details; raises ValueError in a sentence that says what would be right."""
    try:
        return Promised.model_validate(details)
    except ValidationError as error:
        wrong = error.errors(include_url=False)[0]
        where = ".".join(map(str, wrong["loc"])) or "details"
        known = ", ".join(Promised.model_fields)
        told = str(wrong["msg"]).removeprefix("Value error, ")
        raise ValueError(f"a promise can't be read from {where} ({told}); its details are {known}") from None


@dataclass(frozen=True, slots=True)
class PromiseLimits:
    """What may be promised."""

    most_days: int
    """The (first) payment is at most so many days away."""
    least: Money
    """The least that may be promised altogether."""
    most_parts: int = 1


def objection(promised: Promised, limits: PromiseLimits, due: Money, today: date) -> str | None:
    """Return what is beyond the limits, in a clause; None when all is within."""
    amount, day = promised.amount(due), promised.first_day(today)
    if day is not None and not 0 <= (day - today).days <= limits.most_days:
        return f"{day} is not within {limits.most_days} days of {today}"
    if promised.parts > limits.most_parts:
        return f"{promised.parts} parts are more than {limits.most_parts}"
    if amount.currency != due.currency or amount.minor > due.minor:
        return f"{_shown(amount)} is more than the {_shown(due)} that are due"
    if amount.minor < limits.least.minor:
        return f"{_shown(amount)} is less than {_shown(limits.least)}"
    return None


def instalments(promised: Promised, due: Money, today: date, most_days: int) -> Sequence[tuple[Money, date]]:
    """Return each part's amount and day; what can't be divided evenly is added to the first parts."""
    amount = promised.amount(due)
    first = promised.first_day(today) or today + timedelta(days=most_days)
    each, left = divmod(amount.minor, promised.parts)
    return [
        (Money(each + (number < left), amount.currency), promised.every.after(first, number))
        for number in range(promised.parts)
    ]


def _shown(amount: Money) -> str:
    return f"{amount.amount} {amount.currency}"
