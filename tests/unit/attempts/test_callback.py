"""A time of day that a customer names is the next time that their clock shows it."""

from __future__ import annotations

from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

import pytest

from ivr.attempts.callback import next_time_of_day

NEW_YORK, DETROIT, CHICAGO = (ZoneInfo(f"America/{name}") for name in ("New_York", "Detroit", "Chicago"))
TEN_ON_MONDAY = datetime(2026, 3, 2, 15, tzinfo=UTC)


@pytest.mark.parametrize(
    ("now", "at", "moment"),
    [
        ("2026-03-02T10:00-05:00", "15:30", "2026-03-02T15:30-05:00"),
        ("2026-03-02T10:00-05:00", "09:59", "2026-03-03T09:59-05:00"),
        ("2026-03-02T10:00-05:00", "10:00", "2026-03-03T10:00-05:00"),
        ("2026-03-07T20:00-05:00", "09:00", "2026-03-08T09:00-04:00"),
        ("2026-03-08T00:30-05:00", "02:30", "2026-03-09T02:30-04:00"),
        ("2026-11-01T00:30-04:00", "01:15", "2026-11-01T01:15-04:00"),
        ("2026-11-01T01:20-04:00", "01:15", "2026-11-01T01:15-05:00"),
        ("2026-11-01T01:20-05:00", "01:15", "2026-11-02T01:15-05:00"),
    ],
    ids=[
        "later today",
        "tomorrow",
        "not this very minute",
        "over a change of the clock",
        "on a day whose clock passes over it",
        "the first time of two",
        "the second time of two",
        "after the second",
    ],
)
def test_it_is_the_next_one(now: str, at: str, moment: str) -> None:
    found = next_time_of_day(datetime.fromisoformat(now), time.fromisoformat(at), [NEW_YORK])
    assert found is not None
    # Written out, because Python finds moments of different zones unequal in an hour that comes twice.
    assert found.isoformat(timespec="minutes") == moment


def test_it_comes_on_the_customers_clock() -> None:
    found = next_time_of_day(TEN_ON_MONDAY, time(15, 30), [CHICAGO])
    assert found is not None
    assert (found.tzinfo, found.time()) == (CHICAGO, time(15, 30))


def test_zones_whose_clocks_agree_are_one(subtests: pytest.Subtests) -> None:
    for now in (TEN_ON_MONDAY, datetime(2026, 11, 1, 5, 20, tzinfo=UTC)):
        with subtests.test(now=now):
            alone = next_time_of_day(now, time(1, 15), [NEW_YORK])
            assert next_time_of_day(now, time(1, 15), [NEW_YORK, DETROIT]) == alone


@pytest.mark.parametrize("zones", [[NEW_YORK, CHICAGO], []])
def test_where_clocks_do_not_agree_or_none_is_known_nobody_knows(zones: list[ZoneInfo]) -> None:
    assert next_time_of_day(TEN_ON_MONDAY, time(15, 30), zones) is None
