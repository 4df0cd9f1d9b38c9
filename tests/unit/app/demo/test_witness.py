"""What a call must have come to, by the person's own log."""

from __future__ import annotations

import pytest

from ivr.app.demo.witness import what_it_came_to
from ivr.calls.call_result import CallResult
from ivr.outcomes.disposition import Disposition
from tests.unit.app.demo.truth import call


@pytest.mark.parametrize(
    ("refused", "result"),
    [
        ("486", CallResult.BUSY),
        ("603", CallResult.REJECTED),
        ("603+", CallResult.BLOCKED),
        ("607", CallResult.BLOCKED),
        ("608", CallResult.BLOCKED),
        ("404", CallResult.INVALID_NUMBER),
        ("503", CallResult.CONGESTION),
        ("480", CallResult.NO_ANSWER),
    ],
)
def test_a_refusal_says_what_the_network_did(refused: str, result: CallResult) -> None:
    told = what_it_came_to(call("t1", refused=refused), has_card=True, was_charged=False)
    assert told.result is result
    assert told.dispositions == {Disposition.NO_CONTACT}


def test_a_telephone_that_only_rang_was_not_answered() -> None:
    told = what_it_came_to(call("t1", answered=False), has_card=True, was_charged=False)
    assert told.result is CallResult.NO_ANSWER


@pytest.mark.parametrize(
    ("ended_by", "seconds", "dispositions"),
    [
        ("person", 3, {Disposition.HUNG_UP}),
        ("person", 40, {Disposition.HUNG_UP, Disposition.NO_RESPONSE}),
        ("far_end", 40, {Disposition.NO_RESPONSE}),
    ],
)
def test_without_a_key_it_counts_who_ended_the_call(
    ended_by: str, seconds: int, dispositions: set[Disposition]
) -> None:
    seen = call("t1", ended_by=ended_by, seconds=seconds)
    assert what_it_came_to(seen, has_card=True, was_charged=False).dispositions == dispositions


def test_keys_say_what_was_meant() -> None:
    told = what_it_came_to(call("t1", "1", "1", "1"), has_card=True, was_charged=True)
    assert told.dispositions == {Disposition.PAYMENT}
