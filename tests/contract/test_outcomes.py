"""Outcomes, the outbox, and the customer history they are told to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa

from ivr.engine.ports import OutboxEntry, Outcome, Transaction
from ivr.engine.world import OutcomeTarget
from ivr.errors import StoreError
from ivr.outcomes.response import Response
from ivr.store.customer_history import CustomerHistory
from ivr.store.sql_store import SqlStore
from ivr.store.tables.customers import customer_history
from ivr.store.transaction import SqlTransaction
from tests.contract.samples import NOW, add_placing_attempt, outcome

LATER = NOW + timedelta(minutes=5)


def add_outcome(tx: Transaction, *targets: str) -> Outcome:
    attempt, _epoch = add_placing_attempt(tx)
    added = outcome(attempt)
    tx.outcomes.add(added, targets)
    return added


def test_an_outcome_waits_for_each_target(tx: SqlTransaction) -> None:
    added = add_outcome(tx, "history", "webhook")
    entries = tx.outcomes.due_entries(NOW, 10)
    assert [(entry.target, entry.key, entry.tries) for entry in entries] == [
        ("history", added.id, 0),
        ("webhook", added.id, 0),
    ]
    assert entries[0].payload == {
        "version": 1,
        "id": added.id,
        "alert_id": "alert1",
        "attempt_id": added.attempt_id,
        "customer_id": "c1",
        "account_id": "a1",
        "medium": "voice",
        "disposition": "payment",
        "responses": [["repeated", {}], ["paid", {"amount": "123.45"}]],
        "call_result": "answered",
        "at": "2026-03-02T15:00:00+00:00",
        "content_version": "f1",
        "forwarded_from": None,
        "call_id": None,
        "message_id": None,
        "proof": None,
    }
    assert tx.outcomes.said(added.id) == list(added.responses)
    assert tx.outcomes.said("another") is None


async def test_history_keeps_which_message_led_to_a_page_and_what_was_proved_there(store: SqlStore) -> None:
    def add(tx: SqlTransaction) -> OutboxEntry:
        attempt, _epoch = add_placing_attempt(tx)
        said = replace(outcome(attempt), attempt_id=None, medium="web", message_id="m1", proof="pin")
        tx.outcomes.add(said, ["history"])
        [entry] = tx.outcomes.due_entries(NOW, 10)
        return entry

    entry = await store.write(add)
    await CustomerHistory(store).push(entry.key, entry.payload)
    [row] = await store.read(lambda tx: tx.connection.execute(sa.select(customer_history)).all())
    assert (row.medium, row.message_id, row.proof) == ("web", "m1", "pin")


def test_an_attempt_has_one_outcome(tx: SqlTransaction) -> None:
    attempt, _epoch = add_placing_attempt(tx)
    tx.outcomes.add(outcome(attempt), [])
    with pytest.raises(sa.exc.IntegrityError):
        tx.outcomes.add(outcome(attempt), [])


def test_an_entry_is_due_until_it_is_acknowledged(tx: SqlTransaction) -> None:
    add_outcome(tx, "history")
    [entry] = tx.outcomes.due_entries(NOW, 10)
    tx.outcomes.push_failed(entry.id, "no route", LATER)
    assert tx.outcomes.due_entries(LATER - timedelta(seconds=1), 10) == []
    assert [again.tries for again in tx.outcomes.due_entries(LATER, 10)] == [1]
    tx.outcomes.acknowledged(entry.id, LATER)
    tx.outcomes.acknowledged(entry.id, LATER)
    assert tx.outcomes.due_entries(LATER, 10) == []


def test_due_entries_stop_at_the_limit(tx: SqlTransaction) -> None:
    add_outcome(tx, "history", "webhook")
    assert len(tx.outcomes.due_entries(NOW, 1)) == 1


def test_an_entry_that_is_not_there_is_named(tx: SqlTransaction) -> None:
    with pytest.raises(StoreError, match="no outbox entry 99"):
        tx.outcomes.acknowledged(99, NOW)


async def test_the_customer_history_takes_an_outcome_once(store: SqlStore) -> None:
    await store.write(lambda tx: add_outcome(tx, "history"))
    [entry] = await store.read(_due)
    target: OutcomeTarget = CustomerHistory(store)
    await target.push(entry.key, entry.payload)
    await target.push(entry.key, entry.payload)
    [row] = await store.read(lambda tx: tx.connection.execute(sa.select(customer_history)).all())
    assert (row.key, row.customer_id, row.disposition, row.at) == (entry.key, "c1", "payment", NOW)
    assert row.responses == [["repeated", {}], ["paid", {"amount": "123.45"}]]


@pytest.mark.parametrize(
    ("response", "details"),
    [
        (Response.CONFIRMED, {"appointment": "A-7"}),
        (Response.CANCELLED, {}),
        (Response.RESCHEDULED, {"on": "2026-03-09"}),
        (Response.ORDERED, {"order": "17", "pieces": 2}),
        (Response.PROBLEM_REPORTED, {"recording": "r1"}),
        (Response.ALREADY_PAID, {"method": "check", "paid_on": "2026-02-27"}),
    ],
)
async def test_a_response_reaches_the_customer_history_with_all_that_belongs_to_it(
    store: SqlStore, response: Response, details: Mapping[str, object]
) -> None:
    def work(tx: Transaction) -> Outcome:
        attempt, _epoch = add_placing_attempt(tx)
        added = replace(outcome(attempt), responses=[(response, details)])
        tx.outcomes.add(added, ["history"])
        return added

    added = await store.write(work)
    [entry] = await store.read(_due)
    await CustomerHistory(store).push(entry.key, entry.payload)
    [row] = await store.read(lambda tx: tx.connection.execute(sa.select(customer_history)).all())
    assert row.responses == [[response.value, details]]
    assert (row.at, row.medium, row.content_version) == (added.at, "voice", "f1")
    assert (row.alert_id, row.attempt_id, row.account_id) == ("alert1", added.attempt_id, "a1")


def _due(tx: Transaction) -> list[OutboxEntry]:
    return list(tx.outcomes.due_entries(NOW, 10))
