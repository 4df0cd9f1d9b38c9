"""What a reader sent: the fields of a form, and amounts, days and times as people write them."""

from __future__ import annotations

import re
from datetime import date, time
from urllib.parse import parse_qsl

from fastapi import Request

from ivr.money import Money, parse_money
from ivr.outcomes.written_card import holds_card_number

MOST_BYTES = 16_384
_MOST_FIELDS = 20
_NOT_TEXT = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_MOST_REMARK = 500
"""Characters."""
_MOST_MINOR = 10**12


async def body_of(request: Request, most: int) -> bytes:
    """Return what was sent; nothing at all of more than `most` bytes."""
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > most:
            return b""
    return body


def read_form(body: bytes) -> dict[str, str]:
    """Return the fields; of two alike the last one, and nothing at all of what is no form."""
    try:
        return dict(parse_qsl(body.decode("utf-8"), max_num_fields=_MOST_FIELDS, errors="strict"))
    except ValueError:
        return {}


def amount_in(text: str, currency: str) -> Money | None:
    """Return the amount of `25`, `25.00`, `25,00` or `$1,234.50`; None for what is none above nothing."""
    plain = re.sub(r"[^0-9.,]", "", text)
    if plain.count(",") == 1 and re.search(r",[0-9]{1,2}\Z", plain) and "." not in plain:
        plain = plain.replace(",", ".")
    try:
        amount = parse_money(plain.replace(",", ""), currency)
    except ValueError:
        return None
    return amount if 0 < amount.minor < _MOST_MINOR else None


def day_in(text: str) -> date | None:
    """Return the day that a field for days sends."""
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        return None


def time_in(text: str) -> str | None:
    """Return the time of day that a field for times sends, `15:30`."""
    try:
        return f"{time.fromisoformat(text.strip()):%H:%M}"
    except ValueError:
        return None


def digits_in(text: str) -> str:
    """Return the digits alone, however they are grouped."""
    return re.sub(r"[^0-9]", "", text)


def remark_in(text: str) -> str | None:
    """Return what somebody says in their words; None for nothing, for too much, and for a card number."""
    plain = _NOT_TEXT.sub(" ", text.replace("\r\n", "\n")).strip()
    return plain if plain and len(plain) <= _MOST_REMARK and not holds_card_number(plain) else None
