"""A minimum is offered where paying it is a choice."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ivr.accounts.account import Account
from ivr.money import Money

ACCOUNT = Account("a1", "c1", "card", "open", Money(5_000, "USD"), Money(5_000, "USD"), None)


@pytest.mark.parametrize(
    ("minimum", "is_offered"), [(None, False), (0, False), (1, True), (4_999, True), (5_000, False)]
)
def test_a_minimum_that_was_met_or_is_all_that_is_due_is_not_offered(
    minimum: int | None, is_offered: bool
) -> None:
    least = None if minimum is None else Money(minimum, "USD")
    assert replace(ACCOUNT, minimum_due=least).minimum_to_offer == (least if is_offered else None)
