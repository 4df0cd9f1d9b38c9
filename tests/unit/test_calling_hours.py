"""Calling hours hold on every clock that the person might live by, also when a clock changes."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from ivr.calling_hours import WEEKDAYS, CallingHours, Window, parse_windows, time_zone

NEW_YORK = ZoneInfo("America/New_York")
LOS_ANGELES = ZoneInfo("America/Los_Angeles")
LORD_HOWE = ZoneInfo("Australia/Lord_Howe")  # changes its clock by half an hour
KATHMANDU = ZoneInfo("Asia/Kathmandu")  # 5:45 ahead
MINUTE = timedelta(minutes=1)


def hours(every_day: object = "08:00-21:00", **days: object) -> CallingHours:
    return CallingHours.model_validate(
        {"name": "test", "title": "Test", "days": {"every_day": every_day, **days}}
    )


def at(text: str, zone: ZoneInfo = NEW_YORK) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=zone)


def test_the_first_minute_is_open_and_the_last_is_not() -> None:
    assert not hours().is_open(at("2025-01-06T07:59"), [NEW_YORK])
    assert hours().is_open(at("2025-01-06T08:00"), [NEW_YORK])
    assert hours().is_open(at("2025-01-06T20:59"), [NEW_YORK])
    assert not hours().is_open(at("2025-01-06T21:00"), [NEW_YORK])


def test_it_is_open_only_where_all_zones_are() -> None:
    ten_in_new_york = at("2025-01-06T10:00")
    assert hours().is_open(ten_in_new_york, [NEW_YORK])
    assert not hours().is_open(ten_in_new_york, [NEW_YORK, LOS_ANGELES])
    assert hours().next_open(ten_in_new_york, [NEW_YORK, LOS_ANGELES]) == at("2025-01-06T11:00")


def test_the_weekday_is_that_of_the_local_clock() -> None:
    closed_on_sunday = hours(sun="closed")
    saturday_evening_there_sunday_in_utc = at("2025-01-04T20:30", LOS_ANGELES)
    assert saturday_evening_there_sunday_in_utc.astimezone(UTC).strftime("%a") == "Sun"
    assert closed_on_sunday.is_open(saturday_evening_there_sunday_in_utc, [LOS_ANGELES])


def test_no_zone_is_never_open() -> None:
    assert not hours("00:00-24:00").is_open(at("2025-01-06T12:00"), [])
    assert hours("00:00-24:00").next_open(at("2025-01-06T12:00"), []) is None


def test_a_holiday_is_closed() -> None:
    christmas = CallingHours(
        name="test",
        title="Test",
        days={"every_day": parse_windows("08:00-21:00")},
        holidays=frozenset({date(2025, 12, 25)}),
    )
    assert christmas.next_open(at("2025-12-24T21:30"), [NEW_YORK]) == at("2025-12-26T08:00")


def test_a_window_in_the_hour_that_spring_skips_opens_after_it() -> None:
    early = hours("02:30-04:00")
    # On 9 March 2025 New York goes from 02:00 to 03:00.
    assert early.next_open(at("2025-03-09T01:00"), [NEW_YORK]) == at("2025-03-09T03:00")


def test_a_window_in_the_hour_that_autumn_repeats_opens_twice() -> None:
    early = hours("00:30-01:30")
    # On 2 November 2025 New York goes from 02:00 back to 01:00.
    between = at("2025-11-02T01:45")
    again = at("2025-11-02T01:00").replace(fold=1).astimezone(UTC)
    assert early.next_open(between, [NEW_YORK]) == again


def test_hours_that_never_meet_have_no_next_opening() -> None:
    narrow = hours("08:00-09:00")
    assert narrow.next_open(at("2025-01-06T12:00"), [NEW_YORK, LOS_ANGELES]) is None


windows = st.lists(st.integers(0, 1440), min_size=2, max_size=4, unique=True).map(
    lambda edges: tuple(Window(*pair) for pair in zip(sorted(edges)[::2], sorted(edges)[1::2], strict=False))
)
moments = st.datetimes(datetime(2025, 1, 1), datetime(2026, 1, 1)) | st.sampled_from(  # noqa: DTZ001 (UTC below)
    [datetime(2025, 3, 9, 5), datetime(2025, 11, 2, 4), datetime(2025, 4, 5, 12), datetime(2025, 10, 4, 12)]  # noqa: DTZ001
)


@settings(max_examples=150, deadline=None)
@given(
    days=st.fixed_dictionaries(dict.fromkeys(WEEKDAYS, windows)),
    zones=st.lists(
        st.sampled_from([NEW_YORK, LOS_ANGELES, LORD_HOWE, KATHMANDU]), min_size=1, max_size=2, unique=True
    ),
    moment=moments,
)
def test_the_next_opening_is_open_and_no_earlier_minute_is(
    days: dict[str, tuple[Window, ...]], zones: list[ZoneInfo], moment: datetime
) -> None:
    some = CallingHours(name="test", title="Test", days=days)
    moment = moment.replace(second=0, microsecond=0, tzinfo=UTC)
    opens = some.next_open(moment, zones)
    until = opens if opens is not None else moment + timedelta(days=9)
    assume(until - moment < timedelta(days=9) + MINUTE)
    assert opens is None or some.is_open(opens, zones)
    while moment < until:
        assert not some.is_open(moment, zones), moment
        moment += MINUTE


def test_a_zone_that_nobody_knows_is_none() -> None:
    assert time_zone("America/New_York") == NEW_YORK
    for wrong in ("America/Nowhere", "", "../../etc/passwd", "New York"):
        assert time_zone(wrong) is None


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("8-21", "no part of a day"),
        ("08:00", "no part of a day"),
        ("08:00-25:00", "no part of a day"),
        ("08:60-21:00", "no part of a day"),
        ("21:00-08:00", "ends before it begins"),
        (["08:00-12:00", "11:00-21:00"], "begins before"),
    ],
)
def test_hours_that_are_no_hours_are_refused(written: object, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        parse_windows(written)


@pytest.mark.parametrize(
    ("days", "said"),
    [
        ({"every_day": "closed"}, "nobody could ever be called"),
        ({"mon": "08:00-21:00"}, "nothing is said about tue"),
        ({"every_day": "08:00-21:00", "monday": "closed"}, "'monday' is no weekday"),
    ],
)
def test_days_that_make_no_week_are_refused(days: dict[str, str], said: str) -> None:
    with pytest.raises(ValidationError, match=said):
        CallingHours.model_validate({"name": "test", "title": "Test", "days": days})


def test_hours_are_always_open_only_without_any_gap() -> None:
    assert hours("00:00-24:00").is_always_open
    assert not hours("00:00-24:00", sun="closed").is_always_open
    assert not hours().is_always_open
