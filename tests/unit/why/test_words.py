"""Whatever can be in the ledger has words for people."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from ivr.alerts.alert import AlertState
from ivr.attempts.attempt import AttemptState
from ivr.attempts.eligibility.decision import Decision, Verdict
from ivr.calls.call_result import CallResult
from ivr.outcomes.disposition import Disposition
from ivr.rules.schedule import Schedule
from ivr.why import words
from tests.unit.why.cases import NOW, tried


@pytest.mark.parametrize("state", AttemptState)
def test_every_state_of_an_attempt_is_a_sentence(state: AttemptState) -> None:
    told = words.attempt_sentence(tried(state=state, result="opted_out"))
    assert told[0].isupper()
    assert told.endswith(".")
    assert "_" not in told


@pytest.mark.parametrize("disposition", Disposition)
def test_every_end_of_a_call_is_told(disposition: Disposition) -> None:
    closed = tried(state=AttemptState.CLOSED, result="answered", disposition=disposition.value)
    assert "_" not in words.attempt_sentence(closed)


@pytest.mark.parametrize("result", CallResult)
def test_where_nobody_was_reached_it_is_told_what_the_network_did(result: CallResult) -> None:
    closed = tried(state=AttemptState.CLOSED, result=result.value, disposition="no_contact")
    assert words.attempt_sentence(closed) == f"The call {result.sentence}."


@pytest.mark.parametrize("state", [state for state in AlertState if state is not AlertState.OPEN])
def test_every_end_of_an_alert_is_told(state: AlertState) -> None:
    told = words.alert_sentence(state, NOW, NOW, NOW, "max_attempts_busy")
    assert told.startswith("It began at 2025-01-10 17:00 UTC; at 2025-01-10 17:00 UTC ")
    assert "_" not in told


@pytest.mark.parametrize(
    ("reason", "told"),
    [
        ("max_attempts_no_answer", "it was tried as often as the retry rule allows after: no answer"),
        ("never_after_refused", "the retry rule tries no more after: refused"),
        ("something_new", "something new"),
    ],
)
def test_a_reason_is_told_in_words(reason: str, told: str) -> None:
    assert words.clause(reason) == told


def test_a_decision_without_details_goes_by_its_reason() -> None:
    told = words.decision_sentence(Decision("opted_out", Verdict.CANCEL, "opted_out"))
    assert told == "No: the customer opted out."


def test_a_moment_is_told_on_a_clock_that_is_known_only() -> None:
    at = datetime(2025, 7, 1, 16, tzinfo=UTC)
    assert words.moment_there(at, "America/New_York").endswith("(Tuesday 12:00 in America/New_York)")
    assert words.moment_there(at, "Mars/Olympus") == words.moment_there(at, None) == "2025-07-01 16:00 UTC"


def test_a_schedule_is_told_as_it_is_written() -> None:
    assert words.schedule_words(Schedule(cron="0 9 * * mon-fri")) == "by the clock (0 9 * * mon-fri)"
