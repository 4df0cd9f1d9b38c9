"""The terms on which a rule takes promises: how late, how little, in how many parts, with how much grace."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta, tzinfo
from typing import Annotated, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PlainSerializer, model_validator

from ivr.clock import require_utc
from ivr.duration import Duration
from ivr.money import Money
from ivr.outcomes.promised import PromiseLimits
from ivr.rules.fields import FieldKind
from ivr.rules.operand import Amount, parse_operand

_MOST_GRACE = timedelta(days=30)


def _percent(written: object) -> object:
    if isinstance(written, int) and not isinstance(written, bool):
        # A ValueError is what pydantic reads.
        raise ValueError(f"{written!r} is no part of an amount; write it as {written}%")  # noqa: TRY004
    text = str(written)
    number = text.removesuffix("%").strip()
    if number == text or not (number.isascii() and number.isdecimal()) or not 1 <= int(number) <= 100:
        raise ValueError(f"{text!r} is no part of an amount; write 1% to 100%")
    return int(number)


Percent = Annotated[int, BeforeValidator(_percent), PlainSerializer(lambda part: f"{part}%")]
"""A part of an amount, written `50%`."""


def _amount(written: object) -> Amount:
    amount = parse_operand(FieldKind.MONEY, written)
    if not isinstance(amount, Amount) or amount.currency is None or amount.minor <= 0:
        raise ValueError(f"{written!r} is no amount to ask for; write an amount like 25.00 USD")
    return amount


LeastAmount = Annotated[Amount, BeforeValidator(_amount), PlainSerializer(str)]
"""An amount with its currency, written `25.00 USD`."""


class PromiseTerms(BaseModel):
    """What may be promised, and how long after its day a promise is looked into."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    most_days: Annotated[int, Field(ge=0, le=365)] = 14
    """The payment, or the first of several, is at most so many days away."""
    least_part: Percent | None = None
    """The least part of what is due that may be promised."""
    least_amount: LeastAmount | None = None
    """The least amount that may be promised; all of it where less is due."""
    most_parts: Annotated[int, Field(ge=1, le=24)] = 1
    """In how many parts it may be paid."""
    grace: Duration = timedelta(days=1)
    """How long after the day's end a promise still rests, for a payment that is on its way."""

    @model_validator(mode="after")
    def _has_one_least(self) -> Self:
        if self.least_part is not None and self.least_amount is not None:
            raise ValueError("it says the least twice; keep `least_part` or `least_amount`")
        if self.grace > _MOST_GRACE:
            raise ValueError("nobody waits that long for a payment; write a grace of 30d or less")
        return self

    @property
    def asks_for_a_least(self) -> bool:
        """Whether not every amount may be promised."""
        return self.least_part is not None or self.least_amount is not None

    def limits(self, due: Money) -> PromiseLimits:
        """Return what may be promised where `due` is due.

        A least amount in another currency can't be compared with it: then all of it must be promised.
        """
        return PromiseLimits(self.most_days, Money(self._least_minor(due), due.currency), self.most_parts)

    def review_at(self, day: date, time_zone: tzinfo) -> datetime:
        """Return when it is looked whether a payment promised for `day` came; aware, UTC."""
        end = datetime.combine(day + timedelta(days=1), time(), time_zone)
        return require_utc(end) + self.grace

    def _least_minor(self, due: Money) -> int:
        if self.least_part is not None:
            return -(-due.minor * self.least_part // 100)
        if self.least_amount is None:
            return 0
        if self.least_amount.currency != due.currency:
            return due.minor
        return min(self.least_amount.minor, due.minor)
