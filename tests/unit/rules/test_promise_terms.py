"""The terms on which a rule takes promises."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from pydantic import ValidationError

from ivr.money import Money
from ivr.rules.promise_terms import PromiseTerms

EASTERN = ZoneInfo("America/New_York")


def terms(**written: Any) -> PromiseTerms:
    return PromiseTerms.model_validate(written)


@pytest.mark.parametrize(
    ("written", "due", "least"),
    [
        ({}, 4_250, 0),
        ({"least_part": "50%"}, 4_251, 2_126),
        ({"least_part": "100%"}, 4_250, 4_250),
        ({"least_amount": "20.00 USD"}, 4_250, 2_000),
        ({"least_amount": "20.00 USD"}, 1_500, 1_500),
        ({"least_amount": "20.00 EUR"}, 4_250, 4_250),
    ],
)
def test_the_least_is_a_part_or_an_amount_and_never_more_than_is_due(
    written: dict[str, str], due: int, least: int
) -> None:
    assert terms(**written).limits(Money(due, "USD")).least == Money(least, "USD")


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ({"least_part": 50}, "write it as 50%"),
        ({"least_part": "0%"}, "write 1% to 100%"),
        ({"least_amount": "20"}, "has no currency"),
        ({"least_amount": "0"}, "no amount to ask for"),
        ({"least_part": "50%", "least_amount": "20.00 USD"}, "it says the least twice"),
        ({"grace": "31d"}, "write a grace of 30d or less"),
        ({"most_days": 366}, "most_days"),
        ({"days": 7}, "days"),
    ],
)
def test_terms_that_can_not_be_meant_are_refused_in_a_sentence(written: dict[str, object], said: str) -> None:
    with pytest.raises(ValidationError, match=said):
        terms(**written)


def test_a_promise_is_looked_into_when_its_day_is_over_and_the_grace_as_well() -> None:
    day = date(2026, 3, 9)
    assert terms(grace="0s").review_at(day, EASTERN) == datetime(2026, 3, 10, 4, tzinfo=UTC)
    assert terms().review_at(day, EASTERN) == datetime(2026, 3, 11, 4, tzinfo=UTC)


def test_terms_are_written_as_they_are_read() -> None:
    given = terms(most_days=7, least_part="50%", most_parts=2, grace="2d")
    assert terms(**given.model_dump(mode="json", exclude_none=True)) == given
    amount = terms(least_amount="20.00 USD")
    assert terms(**amount.model_dump(mode="json", exclude_none=True)) == amount
