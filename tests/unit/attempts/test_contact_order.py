"""Contact points are tried by rank, round and round, without the useless ones."""

from __future__ import annotations

from ivr.accounts.contact_point import ContactPoint, Medium
from ivr.attempts.contact_order import point_after

A, B, C = (ContactPoint(name, "C1", Medium.VOICE, "", rank) for rank, name in enumerate("abc"))


def test_the_one_after_the_last_is_the_first() -> None:
    assert point_after("a", [A, B, C], [A, B, C]) == B
    assert point_after("c", [A, B, C], [A, B, C]) == A


def test_a_useless_one_is_stepped_over_and_still_has_its_place() -> None:
    assert point_after("a", [A, C], [A, B, C]) == C
    assert point_after("b", [A, C], [A, B, C]) == C


def test_one_that_was_removed_since_leads_to_the_first() -> None:
    assert point_after("gone", [A, B], [A, B]) == A


def test_none_is_left_of_none() -> None:
    assert point_after("a", [], [A]) is None
