"""What people write into fields."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ivr.money import Money
from ivr.web.pages.form import amount_in, day_in, digits_in, read_form, remark_in, time_in


@pytest.mark.parametrize(
    ("written", "minor"),
    [
        ("25", 2500),
        ("25.00", 2500),
        ("$1,234.50", 123_450),
        ("25,5", 2550),
        (" 25,00 $ ", 2500),
        ("1.234,5", None),
        ("0", None),
        ("-3", 300),
        ("", None),
        ("25.001", None),
        ("1e9", 1900),
        ("9" * 30, None),
    ],
)
def test_amounts(written: str, minor: int | None) -> None:
    assert amount_in(written, "USD") == (None if minor is None else Money(minor, "USD"))


def test_days_and_times_are_those_that_fields_for_them_send() -> None:
    assert day_in("2026-03-09") == date(2026, 3, 9)
    assert (day_in("9 March"), day_in("")) == (None, None)
    assert (time_in("15:30"), time_in("3 pm"), time_in("")) == ("15:30", None, None)
    assert digits_in("04/23/1980") == "04231980"


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        (" It is broken.\r\nReally. ", "It is broken.\nReally."),
        ("", None),
        ("my card is 4242 4242 4242 4242", None),
        ("4242\r\n4242\r\n4242\r\n4242", None),
        ("x" * 501, None),
        ("a\x00b", "a b"),
    ],
)
def test_remarks_hold_no_long_numbers(written: str, kept: str | None) -> None:
    assert remark_in(written) == kept


@given(st.binary(max_size=500))
def test_whatever_is_sent_can_be_read(body: bytes) -> None:
    fields = read_form(body)
    amount_in(fields.get("amount", body.decode("latin-1")), "USD")


def test_of_two_fields_alike_the_last_counts_and_too_many_are_none() -> None:
    assert read_form(b"a=1&a=2&b=%C3%A9") == {"a": "2", "b": "é"}
    assert read_form(b"&".join(b"f%d=1" % number for number in range(40))) == {}
