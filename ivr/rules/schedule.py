"""When a rule looks for accounts: every so often, or by the clock."""

from __future__ import annotations

from datetime import timedelta
from typing import Self

from pydantic import BaseModel, ConfigDict, field_validator, model_validator

from ivr.duration import Duration

_SHORTEST = timedelta(seconds=1)
_DAY_NAMES = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_FIELDS = (("minute", 0, 59), ("hour", 0, 23), ("day", 1, 31), ("month", 1, 12))


class Schedule(BaseModel):
    """Exactly one of `every` and `cron`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    every: Duration | None = None
    """Length between two scans, at least a second."""
    cron: str | None = None
    """Minute, hour, day, month and weekday, in the time zone of the installation."""

    @field_validator("every")
    @classmethod
    def _is_not_a_busy_loop(cls, every: timedelta | None) -> timedelta | None:
        if every is not None and every < _SHORTEST:
            raise ValueError("it would scan without a pause; write 1s or more")
        return every

    @field_validator("cron")
    @classmethod
    def _is_five_fields(cls, cron: str | None) -> str | None:
        if cron is not None:
            check_cron(cron)
        return cron

    @model_validator(mode="after")
    def _is_one_of_two(self) -> Self:
        if (self.every is None) == (self.cron is None):
            raise ValueError("a schedule is either `every` or `cron`; write one of the two")
        return self


def check_cron(text: str) -> None:
    """Raise ValueError in a sentence unless `text` is five fields of `*`, `*/n`, `a`, `a-b` or lists of them.

    Weekdays are names only: 0 is Sunday to cron and Monday to the scheduler, so that a figure would be wrong
    for one of its readers.
    """
    parts = text.split()
    if len(parts) != 5:
        raise ValueError(f"{text!r} has {len(parts)} fields; write minute, hour, day, month and weekday")
    for part, (name, lowest, highest) in zip(parts[:4], _FIELDS, strict=True):
        for item in part.split(","):
            if not _is_number_item(item, lowest, highest):
                raise ValueError(f"{item!r} is no {name}; use *, */n or {lowest} to {highest}")
    for item in parts[4].split(","):
        first, dash, last = item.partition("-")
        if item != "*" and (first not in _DAY_NAMES or (dash and last not in _DAY_NAMES)):
            raise ValueError(f"{item!r} is no weekday; use * or names like mon-fri or sat,sun")


def _is_number_item(item: str, lowest: int, highest: int) -> bool:
    span, slash, step = item.partition("/")
    if slash and not (_is_digits(step) and int(step) >= 1):
        return False
    if span == "*":
        return True
    first, dash, last = span.partition("-")
    if slash and not dash:
        return False
    ends = [first, last] if dash else [first]
    if not all(_is_digits(end) for end in ends):
        return False
    numbers = [int(end) for end in ends]
    return lowest <= numbers[0] and numbers == sorted(numbers) and numbers[-1] <= highest


def _is_digits(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) <= 4
