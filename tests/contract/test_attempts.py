"""The ledger: claims, placing, fences, ends."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from ivr.attempts.attempt import TERMINAL, AttemptState
from ivr.errors import FencedError, StoreError
from ivr.store.transaction import SqlTransaction
from tests.contract.samples import (
    LEASE,
    NOW,
    add_due_attempt,
    add_due_attempts,
    add_placing_attempt,
    alert,
    claim,
    new_attempt,
    new_call,
    record,
    take_epoch,
)

LATER = NOW + timedelta(hours=1)


def test_a_new_attempt_is_ready(tx: SqlTransaction) -> None:
    attempt = tx.attempts.get(add_due_attempt(tx))
    assert (attempt.state, attempt.due_at, attempt.owner, attempt.epoch) == (AttemptState.READY, NOW, None, 0)


def test_the_same_number_of_a_cycle_is_added_once(tx: SqlTransaction) -> None:
    add_due_attempt(tx)
    assert tx.attempts.add(new_attempt()) is None
    assert tx.attempts.add(new_attempt(attempt_no=2)) is not None
    assert [a.attempt_no for a in tx.attempts.history("alert1", 1)] == [1, 2]


def test_claims_go_by_rank_and_stop_at_the_limit(tx: SqlTransaction) -> None:
    plain, urgent = add_due_attempt(tx, 1), add_due_attempt(tx, 2, bonus=60)
    add_due_attempt(tx, 3)
    claimed = claim(tx, take_epoch(tx), limit=2)
    assert claimed[0].id == urgent
    assert len(claimed) == 2
    assert {attempt.state for attempt in claimed} == {AttemptState.CLAIMED}
    assert claimed[0] == tx.attempts.get(urgent)
    assert plain


def test_what_is_not_due_is_not_claimed(tx: SqlTransaction) -> None:
    attempt_id, epoch = add_due_attempt(tx), take_epoch(tx)
    just_before = NOW - timedelta(microseconds=1)
    assert tx.attempts.claim_due("engine", epoch, just_before, 10, LATER) == []
    assert [a.id for a in claim(tx, epoch)] == [attempt_id]


def test_nobody_claims_under_an_epoch_without_a_lease(tx: SqlTransaction) -> None:
    add_due_attempt(tx)
    with pytest.raises(FencedError, match="no lease is held"):
        claim(tx, epoch=12345)


def test_an_owner_that_was_replaced_claims_and_places_nothing(tx: SqlTransaction) -> None:
    mine, _other = add_due_attempts(tx, [1, 2])
    old = take_epoch(tx, "old")
    claim(tx, old, limit=1, owner="old")
    take_epoch(tx, "new", at=NOW + LEASE)
    with pytest.raises(FencedError):
        claim(tx, old, owner="old")
    with pytest.raises(FencedError):
        tx.attempts.placing(mine, old, NOW)


def test_an_expired_claim_goes_back_to_ready(tx: SqlTransaction) -> None:
    attempt_id, epoch = add_due_attempt(tx), take_epoch(tx)
    claim(tx, epoch)
    assert tx.attempts.release_expired_claims(NOW + LEASE) == 0
    assert tx.attempts.release_expired_claims(NOW + LEASE + timedelta(seconds=1)) == 1
    assert tx.attempts.get(attempt_id).state is AttemptState.READY
    with pytest.raises(StoreError, match="is ready; it can't become placing"):
        tx.attempts.placing(attempt_id, epoch, NOW)


def test_a_released_attempt_keeps_its_bonus(tx: SqlTransaction) -> None:
    urgent, epoch = add_due_attempt(tx, 1, bonus=60), take_epoch(tx)
    claim(tx, epoch)
    tx.attempts.release(urgent, epoch, LATER, "outside_calling_hours")
    tx.customers.put(record(2))
    tx.alerts.add(alert(2))
    tx.attempts.add(replace(new_attempt(2), due_at=LATER, rank_at=LATER - timedelta(seconds=59)))
    first, _second = tx.attempts.claim_due("engine", epoch, LATER, 2, LATER + LEASE)
    assert first.id == urgent


def test_placing_is_refused_while_the_customer_is_on_another_call(tx: SqlTransaction) -> None:
    tx.customers.put(record(1))
    tx.alerts.add(alert(1))
    tx.alerts.add(alert(1, key="b"))
    one = tx.attempts.add(new_attempt(1))
    two = tx.attempts.add(replace(new_attempt(1, key="b"), address="+12025559999"))
    assert one is not None
    assert two is not None
    epoch = take_epoch(tx)
    claim(tx, epoch)
    assert tx.attempts.placing(one, epoch, NOW)
    assert not tx.attempts.placing(two, epoch, NOW)
    assert tx.attempts.get(two).state is AttemptState.CLAIMED
    tx.attempts.in_progress(one, epoch, NOW)
    assert not tx.attempts.placing(two, epoch, NOW)
    tx.attempts.close(one, epoch, AttemptState.CLOSED, NOW, "answered", "payment")
    assert tx.attempts.placing(two, epoch, NOW)


def test_placing_is_refused_while_the_number_is_on_another_call(tx: SqlTransaction) -> None:
    first = add_due_attempt(tx, 1)
    tx.customers.put(record(2, address="+12025550001"))
    tx.alerts.add(alert(2))
    second = tx.attempts.add(replace(new_attempt(2), address="+12025550001"))
    assert second is not None
    epoch = take_epoch(tx)
    claim(tx, epoch)
    assert tx.attempts.placing(first, epoch, NOW)
    assert not tx.attempts.placing(second, epoch, NOW)


def test_a_placing_with_evidence_that_nothing_was_dialled_can_be_placed_again(tx: SqlTransaction) -> None:
    attempt, epoch = add_placing_attempt(tx)
    tx.calls.open(new_call(attempt))
    tx.attempts.release(attempt.id, epoch, NOW, "not dialled")
    assert tx.calls.get(attempt.id) is None
    assert tx.attempts.get(attempt.id).placing_at is None
    claim(tx, epoch)
    assert tx.attempts.placing(attempt.id, epoch, NOW)
    tx.calls.open(new_call(attempt))


@pytest.mark.parametrize("state", sorted(TERMINAL - {AttemptState.CLOSED, AttemptState.UNKNOWN}))
def test_a_placing_attempt_can_not_be_given_up(tx: SqlTransaction, state: AttemptState) -> None:
    attempt, epoch = add_placing_attempt(tx)
    with pytest.raises(StoreError, match=f"can't become {state}"):
        tx.attempts.close(attempt.id, epoch, state, NOW, "settled", None)


def test_an_end_is_for_good(tx: SqlTransaction) -> None:
    attempt, epoch = add_placing_attempt(tx)
    tx.attempts.close(attempt.id, epoch, AttemptState.UNKNOWN, NOW, "no_evidence", None)
    for change in (
        lambda: tx.attempts.in_progress(attempt.id, epoch, NOW),
        lambda: tx.attempts.release(attempt.id, epoch, NOW, "again"),
        lambda: tx.attempts.placing(attempt.id, epoch, NOW),
        lambda: tx.attempts.close(attempt.id, epoch, AttemptState.CLOSED, NOW, "answered", None),
    ):
        with pytest.raises(StoreError, match="is unknown"):
            change()


def test_closing_needs_an_end(tx: SqlTransaction) -> None:
    attempt, epoch = add_placing_attempt(tx)
    with pytest.raises(StoreError, match="that is no end"):
        tx.attempts.close(attempt.id, epoch, AttemptState.READY, NOW, "x", None)


def test_a_new_owner_takes_over_what_the_old_one_left_and_fences_it(tx: SqlTransaction) -> None:
    attempt, old = add_placing_attempt(tx)
    new = take_epoch(tx, "new", at=NOW + LEASE)
    assert new > old
    [taken] = tx.attempts.take_over("new", new)
    assert (taken.id, taken.owner, taken.epoch) == (attempt.id, "new", new)
    assert tx.attempts.take_over("new", new) == [taken]
    with pytest.raises(FencedError):
        tx.attempts.in_progress(attempt.id, old, NOW)
    with pytest.raises(FencedError):
        tx.attempts.close(attempt.id, old, AttemptState.CLOSED, NOW, "answered", None)
    with pytest.raises(FencedError):
        tx.attempts.release(attempt.id, old, NOW, "not dialled")
    with pytest.raises(FencedError):
        tx.attempts.take_over("old", old)
    assert tx.attempts.get(attempt.id) == taken
    tx.attempts.in_progress(attempt.id, new, NOW)


def test_nobody_takes_over_what_another_lease_s_owner_holds(tx: SqlTransaction) -> None:
    attempt, _epoch = add_placing_attempt(tx)
    other_box = take_epoch(tx, "other", name="other-box")
    assert tx.attempts.take_over("other", other_box) == []
    assert tx.attempts.get(attempt.id) == attempt


def test_cancelling_spares_what_somebody_works_on(tx: SqlTransaction) -> None:
    add_due_attempt(tx, 1)
    epoch = take_epoch(tx)
    [claimed] = claim(tx, epoch)
    second = tx.attempts.add(new_attempt(attempt_no=2))
    assert tx.attempts.cancel_ready("alert1", NOW, "settled") == 1
    assert tx.attempts.get(claimed.id).state is AttemptState.CLAIMED
    cancelled = tx.attempts.get(str(second))
    assert (cancelled.state, cancelled.result, cancelled.closed_at) == (
        AttemptState.CANCELLED,
        "settled",
        NOW,
    )
    assert tx.attempts.in_states([AttemptState.CANCELLED]) == [cancelled]


def test_what_waits_of_an_alert_is_put_off_and_keeps_its_bonus(tx: SqlTransaction) -> None:
    early = add_due_attempt(tx, bonus=60)
    later = replace(new_attempt(attempt_no=2), due_at=LATER + LEASE, rank_at=LATER + LEASE)
    late = tx.attempts.add(later)
    assert late is not None
    other = add_due_attempt(tx, 2)
    assert tx.attempts.put_off_ready("alert1", LATER) == 1
    assert [tx.attempts.get(each).due_at for each in (early, late, other)] == [LATER, LATER + LEASE, NOW]
    claimed = tx.attempts.claim_due("engine", take_epoch(tx), LATER + LEASE, 10, LATER + 2 * LEASE)
    assert [each.id for each in claimed] == [other, early, late]


def test_an_attempt_that_is_not_there_is_named(tx: SqlTransaction) -> None:
    with pytest.raises(StoreError, match="there is no attempt nobody"):
        tx.attempts.get("nobody")
