"""Alerts are made once per matter, end once, and every decision about them is kept."""

from __future__ import annotations

import asyncio
import threading
from dataclasses import replace
from datetime import timedelta
from functools import partial
from unittest.mock import Mock

import pytest
import sqlalchemy as sa

from ivr.alerts.alert import AlertState
from ivr.attempts.eligibility.decision import Decision, Verdict
from ivr.calls.call_report import CallReport
from ivr.calls.call_result import CallResult
from ivr.engine.answer_link import LinkAnswer, answer_link
from ivr.errors import StoreError
from ivr.outcomes.response import Response
from ivr.store.rows import AnyRow
from ivr.store.sql_store import SqlStore
from ivr.store.tables.alerts import decisions
from ivr.store.transaction import SqlTransaction
from tests.contract.samples import NOW, add_due_attempt, add_placing_attempt, alert, new_call, record

LATER = NOW + timedelta(hours=1)
OPEN = AlertState.OPEN


def kept(tx: SqlTransaction) -> list[AnyRow]:
    return list(tx.connection.execute(sa.select(decisions).order_by(decisions.c.id)))


def test_an_alert_comes_back_as_it_was_added(tx: SqlTransaction) -> None:
    tx.customers.put(record(1))
    assert tx.alerts.add(alert(1))
    assert tx.alerts.get("alert1") == alert(1)
    assert tx.alerts.open_alerts() == [alert(1)]


def test_the_same_matter_never_makes_two(tx: SqlTransaction) -> None:
    tx.customers.put(record(1))
    assert tx.alerts.add(alert(1))
    assert not tx.alerts.add(alert(1))
    tx.alerts.end("alert1", AlertState.SETTLED, "paid", LATER)
    assert not tx.alerts.add(alert(1))


def test_open_alerts_can_be_those_of_one_rule(tx: SqlTransaction) -> None:
    tx.customers.put(record(1))
    tx.alerts.add(alert(1))
    assert tx.alerts.open_alerts("payment-overdue") == [alert(1)]
    assert tx.alerts.open_alerts("another-rule") == []


def test_an_alert_ends_once(tx: SqlTransaction) -> None:
    tx.customers.put(record(1))
    tx.alerts.add(alert(1))
    assert tx.alerts.end("alert1", AlertState.SETTLED, "paid", LATER)
    assert not tx.alerts.end("alert1", AlertState.EXHAUSTED, "no_answer", LATER)
    assert tx.alerts.get("alert1").state is AlertState.SETTLED
    assert tx.alerts.open_alerts() == []


def test_ending_takes_an_end_and_an_alert(tx: SqlTransaction) -> None:
    with pytest.raises(StoreError, match="can't be ended as open"):
        tx.alerts.end("alert1", AlertState.OPEN, "x", LATER)
    with pytest.raises(StoreError, match="there is no alert alert1"):
        tx.alerts.end("alert1", AlertState.CLEARED, "x", LATER)


def test_a_decision_that_stays_the_same_is_counted(tx: SqlTransaction) -> None:
    attempt_id = add_due_attempt(tx)
    for hours in range(3):
        until = NOW + timedelta(hours=hours + 1)
        decision = Decision("calling_hours", Verdict.DEFER, "outside_calling_hours", "It is night.", until)
        tx.alerts.decided("alert1", attempt_id, decision, NOW + timedelta(hours=hours))
    [row] = kept(tx)
    assert (row.times_seen, row.first_seen_at, row.last_seen_at) == (3, NOW, NOW + timedelta(hours=2))
    assert row.until == NOW + timedelta(hours=3)


def test_a_decision_that_changes_is_a_new_row(tx: SqlTransaction) -> None:
    attempt_id = add_due_attempt(tx)
    no = Decision("opted_out", Verdict.CANCEL, "opted_out")
    go = Decision("opted_out", Verdict.GO, "not_opted_out")
    for decision in (go, no, no, go):
        tx.alerts.decided("alert1", attempt_id, decision, NOW)
    assert [(row.verdict, row.times_seen) for row in kept(tx)] == [
        (Verdict.GO, 1),
        (Verdict.CANCEL, 2),
        (Verdict.GO, 1),
    ]


def test_stages_and_attempts_are_counted_apart(tx: SqlTransaction) -> None:
    attempt_id = add_due_attempt(tx)
    for stage, of in (("cap", attempt_id), ("window", attempt_id), ("cap", None)):
        tx.alerts.decided("alert1", of, Decision(stage, Verdict.GO, "fine"), NOW)
        tx.alerts.decided("alert1", of, Decision(stage, Verdict.GO, "fine"), NOW)
    assert [row.times_seen for row in kept(tx)] == [2, 2, 2]


def test_what_the_customer_puts_off_is_kept(tx: SqlTransaction) -> None:
    tx.customers.put(record(1))
    tx.alerts.add(alert(1))
    tx.alerts.defer("alert1", LATER)
    assert tx.alerts.get("alert1").deferred_until == LATER
    with pytest.raises(StoreError, match="there is no alert nine"):
        tx.alerts.defer("nine", LATER)


def in_two_calls(tx: SqlTransaction) -> str:
    """Let a customer be called while they call; return the id of the call that we placed."""
    attempt, _ = add_placing_attempt(tx)
    tx.calls.open(new_call(attempt))
    theirs = replace(new_call(attempt), id="theirs", attempt_id=None, direction="inbound")
    tx.calls.open(theirs)
    return attempt.id


def test_of_two_calls_about_one_alert_the_first_settles_it(tx: SqlTransaction) -> None:
    ours = in_two_calls(tx)
    asked = [tx.alerts.claim_settling("alert1", call_id, NOW) for call_id in (ours, "theirs", ours)]
    assert asked == [True, False, True]


def test_a_call_that_has_ended_settles_nothing_more(tx: SqlTransaction) -> None:
    ours = in_two_calls(tx)
    assert tx.alerts.claim_settling("alert1", "theirs", NOW)
    tx.calls.close(CallReport("theirs", CallResult.ANSWERED, None, NOW, LATER))
    assert tx.alerts.claim_settling("alert1", ours, LATER), "the alert itself says how it stands"
    assert tx.alerts.claim_settling("alert1", ours, LATER)


async def test_of_many_calls_that_settle_one_alert_at_once_one_is_first(store: SqlStore) -> None:
    ours = await store.write(in_two_calls)
    asking = [partial(_claim, call_id) for call_id in (ours, "theirs")]
    answers = await asyncio.gather(*(store.write(ask) for ask in asking))
    assert sorted(answers) == [False, True]


def _claim(call_id: str, tx: SqlTransaction) -> bool:
    return tx.alerts.claim_settling("alert1", call_id, NOW)


async def test_a_call_that_claims_what_a_page_is_settling_finds_it_settled(store: SqlStore) -> None:
    ours = await store.write(in_two_calls)
    ended, commit = threading.Event(), threading.Event()

    def page(tx: SqlTransaction) -> bool:
        tx.alerts.lock("alert1")
        has_ended = tx.alerts.end("alert1", AlertState.SETTLED, "promised", NOW)
        ended.set()
        assert commit.wait(10)
        return has_ended

    def call(tx: SqlTransaction) -> bool:
        return tx.alerts.claim_settling("alert1", ours, NOW) and tx.alerts.get("alert1").state is OPEN

    answering = asyncio.create_task(store.write(page))
    await asyncio.to_thread(ended.wait, 10)
    claiming = asyncio.create_task(store.write(call))
    await asyncio.sleep(0.1)
    commit.set()
    assert [await answering, await claiming] == [True, False]


async def test_a_page_that_settles_what_a_call_is_claiming_comes_too_late(store: SqlStore) -> None:
    ours = await store.write(in_two_calls)
    claimed, commit = threading.Event(), threading.Event()
    message = Mock(id="m1", address="maria@example.com", contact_point_id=None)
    answer = LinkAnswer("p1", message, "alert1", Response.DISPUTED, "v1", NOW)
    world = Mock(targets=())

    def call(tx: SqlTransaction) -> bool:
        is_ours = tx.alerts.claim_settling("alert1", ours, NOW)
        claimed.set()
        assert commit.wait(10)
        return is_ours

    claiming = asyncio.create_task(store.write(call))
    await asyncio.to_thread(claimed.wait, 10)
    answering = asyncio.create_task(store.write(lambda tx: answer_link(tx, world, Mock(), answer, NOW)))
    await asyncio.sleep(0.1)
    commit.set()
    assert [await claiming, await answering] == [True, False]


def test_what_ran_out_is_settled_late_and_once(tx: SqlTransaction) -> None:
    tx.customers.put(record(1))
    tx.alerts.add(alert(1))
    assert not tx.alerts.settle_late("alert1", "promised", NOW), "it is open, and ends as any other"
    for state in (AlertState.EXHAUSTED, AlertState.EXPIRED):
        tx.alerts.end("alert1", state, "ran out", NOW)
        assert [tx.alerts.settle_late("alert1", "promised", LATER) for _ in range(2)] == [True, False]
        assert tx.alerts.get("alert1").state is AlertState.SETTLED
        assert tx.alerts.end_reason("alert1") == "promised"
        tx.alerts.reopen("alert1", LATER)


def test_an_alert_is_being_settled_while_the_call_that_does_is_up(tx: SqlTransaction) -> None:
    in_two_calls(tx)
    assert not tx.alerts.is_being_settled("alert1")
    assert tx.alerts.claim_settling("alert1", "theirs", NOW)
    assert tx.alerts.is_being_settled("alert1")
    tx.calls.close(CallReport("theirs", CallResult.ANSWERED, None, NOW, LATER))
    assert not tx.alerts.is_being_settled("alert1")
