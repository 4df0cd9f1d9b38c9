"""Amounts as Stripe counts them: mostly, but not always, in the currency's smallest unit."""

from __future__ import annotations

from ivr.money import Money

_WITHOUT_DECIMALS = frozenset(
    ["BIF", "CLP", "DJF", "GNF", "JPY", "KMF", "KRW", "MGA", "PYG", "RWF", "VND", "VUV", "XAF", "XOF", "XPF"]
)
_WITH_THREE = frozenset(["BHD", "JOD", "KWD", "OMR", "TND"])


def stripe_amount(money: Money) -> int:
    """Return an amount in the unit that Stripe takes its currency in: hundredths, but for a few."""
    decimals = 0 if money.currency in _WITHOUT_DECIMALS else 3 if money.currency in _WITH_THREE else 2
    return int(money.amount.scaleb(decimals))
