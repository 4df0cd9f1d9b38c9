"""Until when a matter was put off."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from ivr.outcomes.deferral import deferred_to
from ivr.outcomes.response import Response

AT_NOON = {"moment": "2026-03-02T12:00:00-05:00"}
AT_ONE = {"moment": "2026-03-02T13:00:00-05:00"}


def test_a_deferring_response_says_when() -> None:
    assert deferred_to([(Response.CALLBACK_REQUESTED, AT_NOON)]) == datetime(2026, 3, 2, 17, tzinfo=UTC)


def test_the_last_one_counts() -> None:
    meant = [(Response.CALLBACK_REQUESTED, AT_NOON), (Response.CALL_LATER, AT_ONE), (Response.HUNG_UP, {})]
    assert deferred_to(meant) == datetime(2026, 3, 2, 18, tzinfo=UTC)


def test_the_last_one_counts_also_when_it_names_no_moment() -> None:
    assert deferred_to([(Response.CALLBACK_REQUESTED, AT_NOON), (Response.CALL_LATER, {})]) is None


def test_what_defers_nothing_says_nothing() -> None:
    assert deferred_to([]) is None
    assert deferred_to([(Response.PROMISED, AT_NOON)]) is None


@pytest.mark.parametrize("written", ["soon", "", "2026-03-02T12:00:00", 12, None, {"at": "noon"}])
def test_what_is_no_moment_is_none(written: object) -> None:
    assert deferred_to([(Response.CALL_LATER, {"moment": written})]) is None
