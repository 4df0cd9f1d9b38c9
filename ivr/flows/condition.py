"""Conditions over a session's variables: small, typed, null-safe; nothing is ever evaluated as code."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from pydantic import BaseModel, ConfigDict, Field, model_validator

from ivr.flows.variables import VariablePath, Variables, look_up
from ivr.money import Money

Plain = bool | int | float | str
"""What a condition compares with: amounts in whole units (`19.99`), days as `2026-03-31`, moments as
`2026-03-31T15:00`."""


class Condition(BaseModel):
    """One test of one variable, or several together by `all`, `any` or `none`.

    A variable that is missing or None passes `present: false` and nothing else. Values of different kinds
    differ: they pass no test. A moment (`result.opens_at`) is compared with a day by the day it falls on, on
    its own clock: that of the time zone which it was given in. A wanted moment without an offset is meant on
    the same clock.
    """

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        json_schema_extra={"example": {"variable": "account.amount_due", "at_least": 50}},
    )

    variable: VariablePath | None = Field(default=None, description="the variable that is tested")
    present: bool | None = Field(default=None, description="whether there is anything in it")
    equals: Plain | None = Field(default=None, description="what it is")
    one_of: tuple[Plain, ...] | None = Field(default=None, min_length=1, description="what it may be")
    at_least: Plain | None = Field(default=None, description="the least it is")
    at_most: Plain | None = Field(default=None, description="the most it is")
    all: tuple[Condition, ...] | None = Field(
        default=None, min_length=1, description="conditions that all hold"
    )
    any: tuple[Condition, ...] | None = Field(
        default=None, min_length=1, description="conditions of which one holds at least"
    )
    none: tuple[Condition, ...] | None = Field(
        default=None, min_length=1, description="conditions of which none holds"
    )

    @model_validator(mode="after")
    def _says_one_thing(self) -> Condition:
        given = self.model_fields_set - {"variable"}
        if len(given) != 1:
            found = f"has {len(given)} tests ({', '.join(sorted(given))})" if given else "has no test"
            raise ValueError(f"the condition {found}; give it exactly one of {', '.join(_TESTS)}")
        (test,) = given
        if (test in _GROUPS) == (self.variable is not None):
            needs = "takes no `variable:`" if test in _GROUPS else "needs a `variable:`"
            raise ValueError(f"`{test}` {needs}; mend the condition")
        return self

    def variables(self) -> tuple[str, ...]:
        """Return the variables it looks at."""
        if self.variable is not None:
            return (self.variable,)
        return tuple(name for part in self.all or self.any or self.none or () for name in part.variables())

    def holds(self, variables: Variables) -> bool:
        """Say whether the condition is met."""
        if self.all is not None:
            return all(part.holds(variables) for part in self.all)
        if self.any is not None:
            return any(part.holds(variables) for part in self.any)
        if self.none is not None:
            return not any(part.holds(variables) for part in self.none)
        value = look_up(variables, self.variable or "")
        if self.present is not None:
            return (value is not None) == self.present
        return self._passes(value)

    def _passes(self, value: object) -> bool:
        if self.one_of is not None:
            return any(_compared(value, wanted, _same) for wanted in self.one_of)
        for wanted, test in ((self.equals, _same), (self.at_least, _not_below), (self.at_most, _not_above)):
            if wanted is not None:
                return _compared(value, wanted, test)
        return False


_GROUPS = ("all", "any", "none")
_TESTS = ("present", "equals", "one_of", "at_least", "at_most", *_GROUPS)

Comparable = Decimal | date | str | bool
Test = Callable[[Comparable, Comparable], bool]


def _same(value: Comparable, wanted: Comparable) -> bool:
    return value == wanted


def _not_below(value: Comparable, wanted: Comparable) -> bool:
    return not isinstance(value, bool) and value >= wanted  # type: ignore[operator] # _compared made both alike


def _not_above(value: Comparable, wanted: Comparable) -> bool:
    return not isinstance(value, bool) and value <= wanted  # type: ignore[operator] # _compared made both alike


def _compared(value: object, wanted: Plain, test: Test) -> bool:
    """Compare as what both are; False when they are of different kinds."""
    pair = _alike(value, wanted)
    return pair is not None and test(*pair)


def _alike(value: object, wanted: Plain) -> tuple[Comparable, Comparable] | None:
    if isinstance(value, bool) or isinstance(wanted, bool):
        return (value, wanted) if isinstance(value, bool) and isinstance(wanted, bool) else None
    if isinstance(value, datetime):  # before `date`, which a moment is too
        return _alike_moment(value, wanted)
    if isinstance(value, date):
        day = _date(wanted)
        return None if day is None else (value, day)
    if isinstance(value, str) and isinstance(wanted, str):
        return value, wanted
    numbers = _number(value), _number(wanted)
    return None if numbers[0] is None or numbers[1] is None else (numbers[0], numbers[1])


def _alike_moment(value: datetime, wanted: Plain) -> tuple[Comparable, Comparable] | None:
    if (day := _date(wanted)) is not None:
        return value.date(), day
    moment = _moment(wanted)
    if moment is None:
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=value.tzinfo)
    return None if value.tzinfo is None and moment.tzinfo is not None else (value, moment)


def _number(value: object) -> Decimal | None:
    if isinstance(value, Money):
        return value.amount
    if not isinstance(value, int | float | str | Decimal):
        return None
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def _date(value: object) -> date | None:
    try:
        return date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None


def _moment(value: object) -> datetime | None:
    try:
        return datetime.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None
