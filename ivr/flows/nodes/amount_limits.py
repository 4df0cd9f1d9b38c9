"""Limits of an amount that is keyed in."""

from __future__ import annotations

from decimal import Decimal

from pydantic import BaseModel, ConfigDict, Field

from ivr.flows.variables import VariablePath, Variables, look_up
from ivr.money import Money

Limit = VariablePath | Decimal
"""A variable with an amount, or whole units of whatever currency is keyed: `account.amount_due`, `1`."""


class AmountLimits(BaseModel):
    """The least and the most that is taken."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    least: Limit = Field(default=Decimal(0), description="the least")
    most: Limit = Field(default="account.amount_due", description="the most")

    def variables(self) -> tuple[tuple[str, str], ...]:
        """Return the variables that are limits, with their fields."""
        limits = (("least", self.least), ("most", self.most))
        return tuple((field, limit) for field, limit in limits if isinstance(limit, str))

    def currency(self, variables: Variables) -> str | None:
        """Return the currency of the first limit that has one."""
        amounts = (look_up(variables, limit) for _, limit in self.variables())
        return next((amount.currency for amount in amounts if isinstance(amount, Money)), None)

    def take(self, variables: Variables, value: object) -> bool:
        """Say whether a value is an amount above nothing and within the limits; without a limit's variable
        nothing is.
        """
        if not isinstance(value, Money) or value.minor <= 0:
            return False
        least, most = (_amount(limit, variables, value.currency) for limit in (self.least, self.most))
        return least is not None and most is not None and least <= value.amount <= most


def _amount(limit: Limit, variables: Variables, currency: str) -> Decimal | None:
    if isinstance(limit, Decimal):
        return limit
    found = look_up(variables, limit)
    return found.amount if isinstance(found, Money) and found.currency == currency else None
