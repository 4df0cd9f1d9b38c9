"""An account has one open promise, and what became of it is kept."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import date, timedelta
from functools import partial

import pytest

from ivr.accounts.account_event import AccountEvent, AccountEventKind
from ivr.accounts.promise import Part, PartState, Promise, PromiseState
from ivr.errors import StoreError
from ivr.store.sql_store import SqlStore
from ivr.store.transaction import SqlTransaction
from tests.contract.samples import NOW, add_placing_attempt, outcome, usd

DAY = timedelta(days=1)


@pytest.fixture
def promise(tx: SqlTransaction) -> Promise:
    """Return a promise that can be added: its customer, account and outcome are there."""
    attempt, _epoch = add_placing_attempt(tx)
    came_with = outcome(attempt)
    tx.outcomes.add(came_with, [])
    parts = (
        Part(usd(6_000), date(2026, 3, 9), NOW + 7 * DAY),
        Part(usd(6_345), date(2026, 3, 16), NOW + 14 * DAY),
    )
    return Promise("pr1", "a1", "c1", "alert1", "payments", came_with.id, NOW, usd(12_345), parts)


def kept(tx: SqlTransaction) -> Promise | None:
    """Return the account's last promise."""
    account = tx.customers.account("a1")
    assert account is not None
    return account.promise


def test_an_account_knows_its_last_promise(tx: SqlTransaction, promise: Promise) -> None:
    assert kept(tx) is None
    tx.promises.add(promise)
    assert kept(tx) == promise
    [facts] = tx.attempts.eligibility([attempt.id for attempt in tx.attempts.history("alert1", 1)], NOW)
    assert facts.account.promise == promise


def test_a_new_promise_takes_the_place_of_one_that_is_open(tx: SqlTransaction, promise: Promise) -> None:
    tx.promises.add(promise)
    second = replace(promise, id="pr2", made_at=NOW + DAY)
    tx.promises.add(second)
    assert kept(tx) == second
    assert [each.id for each in tx.promises.due(NOW + 30 * DAY, 10)] == ["pr2"]
    assert not tx.promises.judged(replace(promise, state=PromiseState.BROKEN), NOW)


def test_a_promise_that_is_recorded_late_does_not_take_the_place_of_a_newer_one(
    tx: SqlTransaction, promise: Promise
) -> None:
    newer = replace(promise, id="pr2", made_at=NOW + DAY)
    tx.promises.add(newer)
    tx.promises.add(promise)
    assert kept(tx) == newer
    assert [each.id for each in tx.promises.due(NOW + 30 * DAY, 10)] == ["pr2"]


async def test_of_promises_made_at_once_one_is_open(store: SqlStore) -> None:
    def prepared(tx: SqlTransaction) -> str:
        attempt, _epoch = add_placing_attempt(tx)
        came_with = outcome(attempt)
        tx.outcomes.add(came_with, [])
        return came_with.id

    outcome_id = await store.write(prepared)
    part = Part(usd(100), date(2026, 3, 9), NOW + 7 * DAY)
    made = [
        Promise(f"pr{n}", "a1", "c1", None, None, outcome_id, NOW + n * DAY, usd(100), (part,))
        for n in range(8)
    ]
    await asyncio.gather(*(store.write(partial(_add, promise)) for promise in made))
    [left] = await store.read(lambda tx: tx.promises.due(NOW + 30 * DAY, 10))
    assert left.id == "pr7"


def _add(promise: Promise, tx: SqlTransaction) -> None:
    tx.promises.add(promise)


def test_a_promise_begins_open(tx: SqlTransaction, promise: Promise) -> None:
    with pytest.raises(StoreError, match="promise pr1 is kept; a new one is open"):
        tx.promises.add(replace(promise, state=PromiseState.KEPT))


def test_a_promise_is_due_when_the_time_of_its_next_part_has_come(
    tx: SqlTransaction, promise: Promise
) -> None:
    tx.promises.add(promise)
    assert tx.promises.due(NOW + 7 * DAY - timedelta(seconds=1), 10) == []
    assert tx.promises.due(NOW + 7 * DAY, 10) == [promise]
    first = replace(promise.parts[0], state=PartState.KEPT)
    half = replace(promise, parts=(first, promise.parts[1]))
    assert tx.promises.judged(half, NOW + 7 * DAY)
    assert tx.promises.due(NOW + 7 * DAY, 10) == []
    assert tx.promises.due(NOW + 14 * DAY, 10) == [half]


def test_what_became_of_it_is_kept_once(tx: SqlTransaction, promise: Promise) -> None:
    tx.promises.add(promise)
    parts = (replace(promise.parts[0], state=PartState.BROKEN), promise.parts[1])
    broken = replace(promise, parts=parts, state=PromiseState.BROKEN)
    assert tx.promises.judged(broken, NOW + 7 * DAY)
    assert not tx.promises.judged(broken, NOW + 8 * DAY)
    assert kept(tx) == broken
    assert tx.promises.due(NOW + 30 * DAY, 10) == []


def test_due_promises_stop_at_the_limit(tx: SqlTransaction, promise: Promise) -> None:
    tx.promises.add(promise)
    assert tx.promises.due(NOW + 7 * DAY, 0) == []


def test_payments_through_us_are_summed_from_a_moment_on(tx: SqlTransaction, promise: Promise) -> None:
    for number, (minor, days) in enumerate([(100, -1), (200, 0), (300, 1)]):
        tx.customers.apply_payment("a1", usd(minor), f"key{number}", NOW + days * DAY)
    assert tx.promises.booked_since("a1", "USD", promise.made_at) == usd(500)
    assert tx.promises.booked_since("a1", "EUR", promise.made_at).minor == 0


def test_an_event_is_raised_once_and_the_account_knows_the_day_of_the_last(
    tx: SqlTransaction, promise: Promise
) -> None:
    event = AccountEvent(
        "pr1/1", AccountEventKind.PROMISE_BROKEN, "a1", NOW, date(2026, 3, 2), {"promise": promise.id}
    )
    assert tx.account_events.add(event)
    assert not tx.account_events.add(replace(event, on=date(2026, 4, 1)))
    assert tx.account_events.add(replace(event, key="pr0/1", on=date(2026, 2, 1)))
    account = tx.customers.account("a1")
    assert account is not None
    assert account.events == {AccountEventKind.PROMISE_BROKEN: date(2026, 3, 2)}
