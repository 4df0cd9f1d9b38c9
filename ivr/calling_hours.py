"""Calling hours: when a person may be called, judged on the clocks of every zone they might be in."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from itertools import pairwise
from typing import Annotated, Self
from zoneinfo import ZoneInfo

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_MINUTES_A_DAY = 24 * 60
_HORIZON = timedelta(days=62)
"""How far ahead an opening is looked for: longer than any run of holidays."""


@dataclass(frozen=True, slots=True, order=True)
class Window:
    """A part of a day on the local clock, in minutes since midnight; the end is not in it."""

    start: int
    end: int

    def __contains__(self, local: time) -> bool:
        return self.start <= local.hour * 60 + local.minute < self.end

    def __str__(self) -> str:
        return "-".join(f"{minutes // 60:02}:{minutes % 60:02}" for minutes in (self.start, self.end))


def parse_windows(written: object) -> tuple[Window, ...]:
    """Read `08:00-21:00`, a list of such, or `closed`; raises ValueError in a sentence."""
    if isinstance(written, tuple) and all(isinstance(window, Window) for window in written):
        return written
    if written == "closed":
        return ()
    texts = written if isinstance(written, list) else [written]
    windows = [_window(text) for text in texts]
    for earlier, later in pairwise(windows):
        if later.start < earlier.end:
            raise ValueError(f"{later} begins before {earlier} ends; write windows in order")
    return tuple(windows)


def _window(text: object) -> Window:
    right = "write hours like 08:00-21:00, at most until 24:00, or closed"
    first, dash, last = str(text).partition("-")
    try:
        window = Window(_minutes(first), _minutes(last))
    except ValueError:
        raise ValueError(f"{text!r} is no part of a day; {right}") from None
    if not dash or window.start >= window.end:
        raise ValueError(f"{text!r} ends before it begins; {right}")
    return window


def _minutes(text: str) -> int:
    hours, _, minutes = text.strip().partition(":")
    if len(hours) != 2 or len(minutes) != 2:
        raise ValueError(text)
    total = int(hours) * 60 + int(minutes)
    if int(minutes) > 59 or not 0 <= total <= _MINUTES_A_DAY:
        raise ValueError(text)
    return total


Windows = Annotated[tuple[Window, ...], BeforeValidator(parse_windows)]


class CallingHours(BaseModel):
    """Calling hours, as in `alert_rules/hours/NAME.yaml`."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)

    name: Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]{0,62}$")]
    title: Annotated[str, Field(min_length=1, max_length=120)]
    days: Mapping[str, Windows]
    """Windows per weekday, `mon` to `sun`; `every_day` stands for those that are not named."""
    holidays: frozenset[date] = frozenset()
    """Days, on the local calendar, on which nobody is called."""

    @model_validator(mode="after")
    def _opens_some_day(self) -> Self:
        if unknown := set(self.days) - {*WEEKDAYS, "every_day"}:
            raise ValueError(f"{min(unknown)!r} is no weekday; use every_day, {', '.join(WEEKDAYS)}")
        if missing := [day for day in WEEKDAYS if day not in self.days and "every_day" not in self.days]:
            raise ValueError(f"nothing is said about {', '.join(missing)}; add them, or every_day")
        if not any(self.days.values()):
            raise ValueError("nobody could ever be called; open one day")
        return self

    def windows_on(self, day: date) -> tuple[Window, ...]:
        """Return the windows of a day of the local calendar."""
        if day in self.holidays:
            return ()
        name = WEEKDAYS[day.weekday()]
        return self.days[name] if name in self.days else self.days["every_day"]

    @property
    def is_always_open(self) -> bool:
        """Whether the hour never matters, wherever the person is."""
        day_long = (Window(0, _MINUTES_A_DAY),)
        named = [self.days.get(name, self.days.get("every_day")) for name in WEEKDAYS]
        return not self.holidays and all(windows == day_long for windows in named)

    def is_ever_open_at(self, local: time) -> bool:
        """Say whether it is within the hours of some weekday."""
        return any(local in window for windows in self.days.values() for window in windows)

    def is_open(self, moment: datetime, zones: Collection[tzinfo]) -> bool:
        """Say whether it is within the hours in every one of `zones`; never in none."""
        return bool(zones) and all(self._is_open_in(moment.astimezone(zone)) for zone in zones)

    def _is_open_in(self, local: datetime) -> bool:
        return any(local.time() in window for window in self.windows_on(local.date()))

    def next_open(self, moment: datetime, zones: Collection[tzinfo]) -> datetime | None:
        """Return the first moment from `moment` on that is open in all zones, in UTC.

        None when there is none in the two months ahead, or no zone.
        """
        moment = moment.astimezone(UTC)
        if self.is_open(moment, zones):
            return moment
        for day in range(_HORIZON.days):
            begin = moment + timedelta(days=day)
            edges = {edge for zone in zones for edge in self._edges(begin, zone)}
            for edge in sorted(edges):
                if begin < edge <= begin + timedelta(days=1) and self.is_open(edge, zones):
                    return edge
        return None

    def _edges(self, begin: datetime, zone: tzinfo) -> Iterator[datetime]:
        """Yield every moment in the day after `begin` at which `zone` can open, and some others."""
        first_day = begin.astimezone(zone).date() - timedelta(days=1)
        for day in (first_day + timedelta(days=n) for n in range(4)):
            for window in self.windows_on(day):
                local = datetime.combine(day, time(window.start // 60, window.start % 60), zone)
                # The hour that a change of the clock repeats comes twice.
                yield local.astimezone(UTC)
                yield local.replace(fold=1).astimezone(UTC)
        if (change := _clock_change(begin, begin + timedelta(days=1), zone)) is not None:
            yield change


def _clock_change(begin: datetime, end: datetime, zone: tzinfo) -> datetime | None:
    """Return the moment in (begin, end] from which `zone` has another offset, if there is one."""
    old = begin.astimezone(zone).utcoffset()
    if end.astimezone(zone).utcoffset() == old:
        return None
    while end - begin > timedelta(seconds=1):
        middle = begin + (end - begin) // 2
        if middle.astimezone(zone).utcoffset() == old:
            begin = middle
        else:
            end = middle
    return end.replace(microsecond=0)


def time_zone(name: str) -> tzinfo | None:
    """Return the IANA zone `name`, None when there is no such zone: its clock is then unknown."""
    try:
        return ZoneInfo(name)
    except (OSError, ValueError, KeyError):
        return None
