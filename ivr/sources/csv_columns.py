"""The columns of a customer file, and how a cell of each is read.

One row is one account of one customer; a customer with several accounts has several rows, alike but for the
account's columns.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from functools import cache
from typing import TypeVar
from zoneinfo import available_timezones

from babel import Locale

from ivr.errors import Problem
from ivr.money import Money, parse_money
from ivr.phone_number import PhoneNumber, parse_phone_number

REQUIRED = ("customer_id", "name", "phone", "account_id", "kind", "currency", "amount_due")
OF_ACCOUNT = (
    "account_id",
    "kind",
    "status",
    "currency",
    "balance",
    "amount_due",
    "minimum_due",
    "due_on",
    "account_ending",
)
MORE_PHONES = tuple(f"phone_{rank}" for rank in range(2, 10))
"""Further numbers of the customer, in the order in which they are tried."""
COLUMNS = (
    *("customer_id", "name", "phone", "language", "time_zone", "region", "segment"),
    *("birth_date", "postcode"),
    *OF_ACCOUNT,
    *("card_ending", "card_token"),
    *MORE_PHONES,
    *("email", "sms"),
)
"""Every column there is, in any order in the file. Those not in REQUIRED may be empty or absent.

customer_id, account_id   the ids that the customer's own systems use
name                      as it is spoken: Maria Lopez
phone, phone_2 … phone_9  +12025550123, or as people of the region write it
language                  ISO 639-1, `en` when empty
time_zone                 IANA, as in America/New_York
region                    ISO 3166-1 or -2: US, US-FL
segment                   in the words of the business: private, gold
birth_date, postcode      1985-07-31; as in the address: 20001
kind, status              in the words of the business: card, loan; open (when empty), closed
currency                  ISO 4217: USD
balance, amount_due       19.99; a balance left empty is the amount due
minimum_due               5.00; the least of the amount due that keeps the account in order, if there is one;
                          0 where it was met
due_on                    2025-01-31
account_ending            the last 4 to 8 digits of the number that the customer knows the account by
email                     maria@example.com
sms                       a number for text messages, written as phone is
card_ending, card_token   the last digits of a saved card and the payment provider's token for it, or neither
"""

_SEGMENT = re.compile(r"[A-Za-z0-9_-]{1,40}\Z", re.ASCII)
_OLDEST = 1900

_LONGEST = 200
"""Characters in a cell: longer than any name, shorter than a mistake with quotes."""

_EMAIL = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")

T = TypeVar("T")


class Row:
    """One row while it is read; collects what is wrong with it instead of stopping at the first."""

    def __init__(self, file: str, line: int, cells: Mapping[str, str]) -> None:
        self._file = file
        self.line = line
        self._cells = cells
        self.problems: list[Problem] = []

    @property
    def phone_columns(self) -> Iterator[str]:
        """The columns with telephone numbers that the file has, in the order in which they are tried."""
        return (column for column in ("phone", *MORE_PHONES) if column in self._cells)

    def complain(self, column: str, wrong: str, right: str) -> None:
        """Keep a problem with `column`."""
        self.problems.append(Problem(self._file, self.line, column, wrong, right))

    def cell(self, column: str) -> str:
        """Return a cell as it is written, without the blanks around it; empty when the column is absent."""
        return self._cells.get(column, "").strip()

    def text(self, column: str) -> str:
        """Return a cell; empty, with a complaint, when it can't be used."""
        if column not in self._cells:
            return ""
        text = self.cell(column)
        if not text:
            if column in REQUIRED:
                self.complain(column, "it is empty", "every row needs one")
        elif not text.isprintable() or len(text) > _LONGEST:
            right = f"use at most {_LONGEST} printable ones"
            self.complain(column, "it is too long or has odd characters", right)
            return ""
        return text

    def parsed(self, column: str, parse: Callable[[str], T]) -> T | None:
        """Return a cell as `parse` reads it, None when it is empty or wrong.

        `parse` raises ValueError worded "what is wrong; what would be right".
        """
        if not (text := self.text(column)):
            return None
        try:
            return parse(text)
        except ValueError as error:
            wrong, _, right = str(error).partition("; ")
            self.complain(column, wrong, right or "mend it")
            return None


def phone_parser(region: str | None) -> Callable[[str], PhoneNumber]:
    """Return a reader of telephone numbers for customers of `region` (`US-FL`)."""
    country = region.partition("-")[0] if region else None
    return lambda text: parse_phone_number(text, country)


def amount_parser(currency: str) -> Callable[[str], Money]:
    """Return a reader of amounts in `currency`."""

    def parse(text: str) -> Money:
        try:
            money = parse_money(text, currency)
        except ValueError as error:
            raise ValueError(f"{error}; write an amount like 19.99") from None
        if abs(money.minor) > 10**15:
            raise ValueError(f"{text!r} is beyond any account; write a smaller amount")
        return money

    return parse


def parse_email(text: str) -> str:
    """Read an e-mail address."""
    if _EMAIL.fullmatch(text) and ".." not in text:
        return text
    raise ValueError(f"{text!r} is no e-mail address; write it like maria@example.com")


def parse_day(text: str) -> date:
    """Read a date, year first."""
    try:
        if len(text) == 10:
            return date.fromisoformat(text)
    except ValueError:
        pass
    raise ValueError(f"{text!r} is no date; write it like 2025-01-31")


def parse_birth_date(text: str) -> date:
    """Read a date of birth, year first. A wrong one is not repeated: it may be somebody's."""
    try:
        born_on = parse_day(text)
    except ValueError:
        raise ValueError("it is no date; write it like 1985-07-31") from None
    if born_on.year < _OLDEST:
        raise ValueError(f"nobody alive was born before {_OLDEST}; check the year")
    return born_on


def parse_segment(text: str) -> str:
    """Read a segment: one word, as flows and rules name it."""
    if _SEGMENT.match(text):
        return text
    raise ValueError(f"{text!r} is no segment; use letters, digits, - and _, at most 40: gold")


def parse_postcode(text: str) -> str:
    """Read a postcode, in letters and digits."""
    if len(text) <= 12 and text.replace(" ", "").replace("-", "").isalnum():
        return text
    raise ValueError(f"{text!r} is no postcode; write it as in the address: 20001")


def parse_account_ending(text: str) -> str:
    """Read the end of an account's number. A wrong one is not repeated: it may be all of it."""
    if text.isascii() and text.isdecimal() and 4 <= len(text) <= 8:
        return text
    raise ValueError("it is not the end of an account number; write its last 4 to 8 digits and never more")


def parse_language(text: str) -> str:
    """Read an ISO 639-1 code."""
    if len(text) == 2 and text.isascii() and text.isalpha() and text.islower():
        return text
    raise ValueError(f"{text!r} is no language; write its two letters, as in en or es")


def parse_time_zone(text: str) -> str:
    """Read an IANA zone's name."""
    if text in _zones():
        return text
    raise ValueError(f"{text!r} is no time zone; write one like America/New_York, or leave it empty")


@cache
def _zones() -> frozenset[str]:
    return frozenset(available_timezones())


def parse_region(text: str) -> str:
    """Read an ISO 3166-1 or -2 code."""
    country, dash, part = text.partition("-")
    is_right = country in _territories() and (not dash or (part.isalnum() and len(part) <= 3))
    if is_right and text.isascii() and text.isupper():
        return text
    raise ValueError(f"{text!r} is no region; write a country like US, or a state like US-FL")


@cache
def _territories() -> frozenset[str]:
    names = map(str, Locale("en").territories)
    return frozenset(name for name in names if len(name) == 2 and name.isalpha())


def parse_currency(text: str) -> str:
    """Read an ISO 4217 code."""
    if text in _currencies():
        return text
    raise ValueError(f"{text!r} is no currency; write its three capital letters, as in USD")


@cache
def _currencies() -> frozenset[str]:
    return frozenset(map(str, Locale("en").currencies))


def parse_card_ending(text: str) -> str:
    """Read the last digits of a card. A wrong one is not repeated: it may be the whole number."""
    if text.isascii() and text.isdecimal() and 2 <= len(text) <= 4:
        return text
    raise ValueError("it is not the end of a card number; write its last 4 digits and never more")


def parse_card_token(text: str) -> str:
    """Read a payment provider's token. One that may be a card number is refused, and not repeated."""
    digits = text.replace(" ", "").replace("-", "")
    if digits.isdecimal() and 12 <= len(digits) <= 19:
        raise ValueError("it looks like a card number, which must not be kept; write the provider's token")
    return text
