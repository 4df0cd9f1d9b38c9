"""Numbers to call: real in shape, so that every stage takes them; they lead to SIPp alone."""

from __future__ import annotations

from ivr.phone_number import PhoneNumber

_PER_EXCHANGE = 10_000
_FIRST_EXCHANGE = 220


def number_of(index: int) -> PhoneNumber:
    """Return a number in Washington, another one for each index up to several million."""
    exchange, line = divmod(index, _PER_EXCHANGE)
    return PhoneNumber(f"+1202{_FIRST_EXCHANGE + exchange}{line:04}")
