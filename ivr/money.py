"""Money in integer minor units (cents): no float ever holds an amount."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import lru_cache

from babel.numbers import get_currency_precision


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in one currency."""

    minor: int
    """In the currency's smallest unit: 1999 is 19.99 USD, and 1999 JPY."""
    currency: str
    """ISO 4217, three capital letters."""

    @property
    def amount(self) -> Decimal:
        """The amount in whole units with the currency's own number of decimals."""
        return Decimal(self.minor).scaleb(-decimals_of(self.currency))


@lru_cache(maxsize=512)
def decimals_of(currency: str) -> int:
    """Return with how many decimals amounts of a currency are written: 2 for USD, 0 for JPY."""
    return get_currency_precision(currency)


def parse_money(text: str, currency: str) -> Money:
    """Read an amount as people write it in a file: `19.99`, `1999`, `-3.50`.

    Raises ValueError in a sentence when it is no number or has more decimals than the currency.
    """
    try:
        value = Decimal(text.strip())
    except InvalidOperation:
        raise ValueError(f"{text!r} is no amount") from None
    if not value.is_finite():
        raise ValueError(f"{text!r} is no amount")
    precision = decimals_of(currency)
    minor = value.scaleb(precision)
    if minor != minor.to_integral_value():
        raise ValueError(f"{text!r} has more decimals than {currency} has ({precision})")
    return Money(int(minor), currency)
