"""A response `promised` is read for what it says, and held to the limits."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from ivr.money import Money
from ivr.outcomes.promised import (
    Interval,
    Promised,
    PromiseLimits,
    instalments,
    objection,
    read_promised,
)

TODAY = date(2026, 1, 31)
DUE = Money(4_250, "USD")
LIMITS = PromiseLimits(most_days=14, least=Money(2_000, "USD"), most_parts=3)


def parts(**details: Any) -> list[tuple[int, date]]:
    found = instalments(read_promised(details), DUE, TODAY, LIMITS.most_days)
    return [(amount.minor, day) for amount, day in found]


def test_within_some_days_is_all_that_is_due_by_then() -> None:
    assert parts(within_days=7) == [(4_250, date(2026, 2, 7))]


def test_a_keyed_amount_and_day_are_taken_as_they_are() -> None:
    given = parts(amount_minor=2_000, currency="USD", on="2026-02-03")
    assert given == [(2_000, date(2026, 2, 3))]


def test_a_promise_that_says_nothing_is_for_all_of_it_on_the_last_day_allowed() -> None:
    assert parts() == [(4_250, date(2026, 2, 14))]


def test_equal_parts_differ_by_a_cent_at_most_and_make_the_whole() -> None:
    found = parts(within_days=0, parts=3, every="two_weeks")
    assert found == [(1_417, TODAY), (1_417, date(2026, 2, 14)), (1_416, date(2026, 2, 28))]


def test_a_month_without_the_day_takes_its_last_one() -> None:
    assert [Interval.MONTH.after(TODAY, n) for n in (1, 2, 12)] == [
        date(2026, 2, 28),
        date(2026, 3, 31),
        date(2027, 1, 31),
    ]


@pytest.mark.parametrize(
    ("details", "said"),
    [
        ({"within_day": 7}, "within_day .*its details are amount_minor, currency, on, within_days"),
        ({"within_days": "seven"}, "within_days"),
        ({"within_days": 7, "on": "2026-02-03"}, "it says the day twice"),
        ({"amount_minor": 100}, "an amount needs its currency"),
        ({"parts": 0}, "parts"),
    ],
)
def test_details_that_say_nothing_clear_are_refused_in_a_sentence(
    details: dict[str, object], said: str
) -> None:
    with pytest.raises(ValueError, match=said):
        read_promised(details)


@pytest.mark.parametrize(
    ("details", "said"),
    [
        ({"within_days": 14}, None),
        ({"within_days": 15}, "2026-02-15 is not within 14 days of 2026-01-31"),
        ({"on": "2026-01-30"}, "2026-01-30 is not within 14 days of 2026-01-31"),
        ({"amount_minor": 2_000, "currency": "USD"}, None),
        ({"amount_minor": 1_999, "currency": "USD"}, "19.99 USD is less than 20.00 USD"),
        ({"amount_minor": 4_251, "currency": "USD"}, "42.51 USD is more than the 42.50 USD that are due"),
        ({"amount_minor": 2_000, "currency": "EUR"}, "20.00 EUR is more than the 42.50 USD that are due"),
        ({"within_days": 7, "parts": 3}, None),
        ({"within_days": 7, "parts": 4}, "4 parts are more than 3"),
        ({}, None),
    ],
)
def test_what_is_beyond_the_limits_is_told(details: dict[str, object], said: str | None) -> None:
    assert objection(read_promised(details), LIMITS, DUE, TODAY) == said


def test_details_in_a_state_are_read_as_they_were_written() -> None:
    written = read_promised({"within_days": 7}).model_dump(mode="json", exclude_defaults=True)
    assert read_promised(written) == Promised(within_days=7)
