"""When a customer is called back who has named a time of day."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, time, timedelta, tzinfo
from itertools import count


def next_time_of_day(now: datetime, at: time, zones: Sequence[tzinfo]) -> datetime | None:
    """Return the next moment after `now` at which it is `at` on the customer's clock, aware, on that clock.

    `zones` are those that the customer may be in; None when their clocks do not agree, or there is none: then
    nobody knows which moment is meant.
    """
    moments = {next(_times_after(now, at, zone)) for zone in zones}
    return moments.pop().astimezone(zones[0]) if len(moments) == 1 else None


def _times_after(now: datetime, at: time, zone: tzinfo) -> Iterator[datetime]:
    """Yield the moments after `now`, in UTC, at which it is `at` in a zone, one after the other.

    On a day whose clock passes over that time there is none; on one that has it twice there are two.
    """
    today = now.astimezone(zone).date()
    for days in count():
        for fold in (0, 1):
            local = datetime.combine(today + timedelta(days=days), at, zone).replace(fold=fold)
            moment = local.astimezone(UTC)
            back = moment.astimezone(zone)
            if (back.time(), back.fold) == (at, fold) and moment > now:
                yield moment
