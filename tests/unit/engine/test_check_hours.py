"""Named hours are judged on the company's clock."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from structlog.testing import capture_logs

from ivr.calling_hours import CallingHours
from ivr.engine.check_hours import check_hours
from ivr.engine.content import Content
from ivr.flows.effects import CheckHours
from ivr.flows.fill_in import to_plain

AGENTS = CallingHours.model_validate(
    {
        "name": "agents",
        "title": "Agents",
        "days": {"every_day": "09:00-17:00", "sat": "closed", "sun": "closed"},
        "holidays": ["2026-03-10"],
    }
)


@pytest.fixture
def live(content: Content) -> Content:
    """The shipped content of a company in New York, with hours of its agents."""
    return replace(content, book=replace(content.book, hours={"agents": AGENTS}))


@pytest.mark.parametrize(
    ("now", "result", "opens_at"),
    [
        ("2026-03-02T14:00+00:00", "open", None),
        ("2026-03-02T21:59+00:00", "open", None),
        ("2026-03-02T22:00+00:00", "closed", "2026-03-03T09:00:00-05:00"),
        ("2026-03-06T22:00+00:00", "closed", "2026-03-09T09:00:00-04:00"),
        ("2026-03-09T21:00+00:00", "closed", "2026-03-11T09:00:00-04:00"),
    ],
    ids=["at nine", "before five", "at five", "over a weekend and a change of the clock", "over a holiday"],
)
def test_open_or_when_it_opens(live: Content, now: str, result: str, opens_at: str | None) -> None:
    done = check_hours(live, CheckHours(7, "agents"), datetime.fromisoformat(now))
    assert (done.effect_id, done.result) == (7, result)
    assert to_plain(done.values.get("opens_at")) == opens_at


def test_hours_that_open_on_no_day_near_have_no_opening(live: Content) -> None:
    today = datetime(2026, 3, 2, 15, tzinfo=UTC)
    closed_for_long = frozenset(today.date() + timedelta(days=n) for n in range(90))
    hours = {"agents": AGENTS.model_copy(update={"holidays": closed_for_long})}
    done = check_hours(replace(live, book=replace(live.book, hours=hours)), CheckHours(1, "agents"), today)
    assert (done.result, done.values) == ("closed", {"opens_at": None})


def test_hours_that_are_gone_fail_loudly(live: Content) -> None:
    with capture_logs() as logs:
        done = check_hours(live, CheckHours(1, "shop"), datetime(2026, 3, 2, 15, tzinfo=UTC))
    assert done.result == "failed"
    assert [(line["log_level"], line["hours"]) for line in logs] == [("error", "shop")]
