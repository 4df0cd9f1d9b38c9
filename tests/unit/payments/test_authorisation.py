"""The days of monthly payments."""

from __future__ import annotations

from datetime import date

import pytest

from ivr.payments.authorisation import first_day, month_after


@pytest.mark.parametrize(
    ("day", "today", "first"),
    [
        (15, date(2026, 3, 14), date(2026, 3, 15)),
        (15, date(2026, 3, 15), date(2026, 4, 15)),
        (1, date(2026, 12, 31), date(2027, 1, 1)),
        (28, date(2026, 1, 31), date(2026, 2, 28)),
    ],
)
def test_the_first_payment_is_on_the_next_such_day_never_today(day: int, today: date, first: date) -> None:
    assert first_day(day, today) == first


def test_months_follow_each_other() -> None:
    assert month_after(date(2026, 12, 28)) == date(2027, 1, 28)
