"""Numbers are blocked for a time or until it is taken back, and wrong references are counted by number."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from ivr.calls.caller_block import CallerBlock
from ivr.store.transaction import SqlTransaction
from tests.contract.samples import NOW

NUMBER, OTHER = "+12025550101", "+12025550102"
DAY = timedelta(days=1)
FOR_A_DAY = CallerBlock(NUMBER, NOW, NOW + DAY, "shouts", "ben")


def test_a_block_comes_back_as_it_was_placed_until_its_time_is_over(tx: SqlTransaction) -> None:
    tx.caller_blocks.place(FOR_A_DAY)
    assert tx.caller_blocks.of(NUMBER, NOW) == FOR_A_DAY
    assert tx.caller_blocks.of(OTHER, NOW) is None
    assert tx.caller_blocks.of(NUMBER, NOW + DAY) is None
    assert tx.caller_blocks.standing(NOW + DAY) == []


def test_one_without_an_end_lasts_until_it_is_taken_back(tx: SqlTransaction) -> None:
    for_good = CallerBlock(OTHER, NOW + DAY, None, "threatens", "ben")
    tx.caller_blocks.place(FOR_A_DAY)
    tx.caller_blocks.place(for_good)
    assert tx.caller_blocks.standing(NOW) == [FOR_A_DAY, for_good]
    assert tx.caller_blocks.of(OTHER, NOW + 1000 * DAY) == for_good
    assert tx.caller_blocks.lift(OTHER)
    assert not tx.caller_blocks.lift(OTHER)
    assert tx.caller_blocks.standing(NOW) == [FOR_A_DAY]


def test_the_last_word_on_a_number_counts(tx: SqlTransaction) -> None:
    longer = CallerBlock(NUMBER, NOW, NOW + 7 * DAY, "again", "eve")
    tx.caller_blocks.place(FOR_A_DAY)
    tx.caller_blocks.place(longer)
    assert tx.caller_blocks.standing(NOW) == [longer]


def test_calls_in_vain_are_counted_from_the_block_on(tx: SqlTransaction) -> None:
    tx.caller_blocks.place(FOR_A_DAY)
    for at in (NOW, NOW + DAY / 2):
        tx.caller_blocks.called(NUMBER, at)
    tx.caller_blocks.called(OTHER, NOW)
    assert tx.caller_blocks.standing(NOW) == [replace(FOR_A_DAY, calls=2, last_call_at=NOW + DAY / 2)]
    tx.caller_blocks.place(FOR_A_DAY)
    assert tx.caller_blocks.standing(NOW) == [FOR_A_DAY], "a new block counts anew"


def test_wrong_references_are_counted_by_number_and_forgotten_with_the_block(tx: SqlTransaction) -> None:
    for at in (NOW - DAY, NOW, NOW):
        tx.caller_blocks.reference_failed(NUMBER, at)
    tx.caller_blocks.reference_failed(OTHER, NOW)
    assert tx.caller_blocks.failures_since(NUMBER, NOW - timedelta(hours=1)) == 2
    tx.caller_blocks.place(FOR_A_DAY)
    tx.caller_blocks.lift(NUMBER)
    counts = [tx.caller_blocks.failures_since(each, NOW - DAY) for each in (NUMBER, OTHER)]
    assert counts == [0, 1]
