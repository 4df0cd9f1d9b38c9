"""Kept or broken is told from what was paid, part by part."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from ivr.accounts.promise import Part, PartState, Promise, PromiseState, judge, paid_since
from ivr.money import Money

MADE = datetime(2026, 3, 2, 15, tzinfo=UTC)
WEEK = timedelta(days=7)


def usd(minor: int) -> Money:
    return Money(minor, "USD")


def promise(*amounts: int) -> Promise:
    """Return a promise of these amounts, each a week after the one before."""
    parts = tuple(
        Part(usd(amount), date(2026, 3, 2) + WEEK * number, MADE + WEEK * number)
        for number, amount in enumerate(amounts, start=1)
    )
    return Promise("pr", "a1", "c1", "al1", "payments", "o1", MADE, usd(10_000), parts)


def states(judged: Promise) -> list[PartState]:
    return [part.state for part in judged.parts]


def test_before_its_time_nothing_is_judged() -> None:
    given = promise(4_000)
    assert judge(given, usd(0), MADE + WEEK - timedelta(seconds=1)) == given


@pytest.mark.parametrize(
    ("paid", "state"), [(4_000, PromiseState.KEPT), (5_000, PromiseState.KEPT), (3_999, PromiseState.BROKEN)]
)
def test_what_was_promised_must_be_paid_in_full(paid: int, state: PromiseState) -> None:
    assert judge(promise(4_000), usd(paid), MADE + WEEK).state is state


def test_a_promise_in_parts_stays_open_until_the_last_one() -> None:
    first = judge(promise(4_000, 3_000), usd(4_000), MADE + WEEK)
    assert (first.state, states(first)) == (PromiseState.OPEN, [PartState.KEPT, PartState.OPEN])
    assert first.next_part == first.parts[1]
    last = judge(first, usd(7_000), MADE + 2 * WEEK)
    assert (last.state, last.next_part) == (PromiseState.KEPT, None)


def test_a_part_that_was_not_paid_breaks_the_promise_and_what_was_to_follow_is_not_judged() -> None:
    broken = judge(promise(4_000, 3_000), usd(0), MADE + 3 * WEEK)
    assert (broken.state, states(broken)) == (PromiseState.BROKEN, [PartState.BROKEN, PartState.OPEN])
    assert broken.broken_part == broken.parts[0]
    assert broken.next_part is None


def test_the_second_part_needs_the_first_one_s_money_as_well() -> None:
    judged = judge(promise(4_000, 3_000), usd(6_999), MADE + 2 * WEEK)
    assert states(judged) == [PartState.KEPT, PartState.BROKEN]


@pytest.mark.parametrize(
    ("due_now", "booked", "paid"),
    [
        (usd(10_000), usd(0), usd(0)),
        (usd(6_000), usd(0), usd(4_000)),
        (usd(6_000), usd(4_000), usd(4_000)),
        (usd(12_000), usd(4_000), usd(4_000)),
        (usd(0), usd(0), usd(4_000)),
        (Money(1, "EUR"), usd(500), usd(500)),
    ],
)
def test_a_payment_shows_in_our_books_or_in_what_is_due(due_now: Money, booked: Money, paid: Money) -> None:
    assert paid_since(promise(4_000), due_now, booked) == paid


def test_calls_about_its_topic_rest_while_it_is_open() -> None:
    given = promise(4_000)
    assert given.rests("payments")
    assert not given.rests("fraud")
    assert replace(given, topic=None).rests("fraud")
    assert not replace(given, state=PromiseState.SUPERSEDED).rests("payments")


def test_a_promise_knows_its_sum_and_its_last_day() -> None:
    given = promise(4_000, 3_000)
    assert (given.amount, given.due_on) == (usd(7_000), date(2026, 3, 16))
