"""Recordings are added once, end once, are fetched after their call's end, and deleted once."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from ivr.calls.call_report import CallReport
from ivr.calls.call_result import CallResult
from ivr.calls.recording import Recording, RecordingKind
from ivr.store.reports import known_recordings
from ivr.store.transaction import SqlTransaction
from tests.contract.samples import NOW, add_due_attempt, new_call

DAY = timedelta(days=1)


@pytest.fixture
def recording(tx: SqlTransaction) -> Recording:
    """Return a recording that goes on in a call that is up."""
    attempt = tx.attempts.get(add_due_attempt(tx))
    tx.calls.open(new_call(attempt))
    recording = Recording("r1", RecordingKind.CALL, attempt.id, "payment-overdue", NOW, NOW + 30 * DAY)
    assert tx.recordings.add(recording)
    return recording


def test_one_is_added_once(tx: SqlTransaction, recording: Recording) -> None:
    assert not tx.recordings.add(replace(recording, rule=None))
    assert tx.recordings.get("r1") == recording
    assert tx.recordings.get("r2") is None


def test_it_waits_to_be_fetched_from_its_call_s_end_to_its_own(
    tx: SqlTransaction, recording: Recording
) -> None:
    assert tx.recordings.of_ended_calls(10) == []
    end = NOW + timedelta(minutes=2)
    tx.calls.close(CallReport(recording.call_id, CallResult.ANSWERED, None, NOW, end, answered_at=NOW))
    assert tx.recordings.of_ended_calls(10) == [(recording, end)]
    assert tx.recordings.ended("r1", end, 110.5)
    assert not tx.recordings.ended("r1", NOW, None)
    assert tx.recordings.of_ended_calls(10) == []
    assert tx.recordings.get("r1") == replace(recording, ended_at=end, seconds=110.5)


def test_it_is_outdated_in_its_time_and_deleted_once(tx: SqlTransaction, recording: Recording) -> None:
    later = NOW + 30 * DAY
    assert tx.recordings.outdated(later, 10) == [], "one that has no end is not touched"
    assert not tx.recordings.deleted("r1", "ada", later)
    tx.recordings.ended("r1", NOW, 1.0)
    assert tx.recordings.outdated(later - timedelta(seconds=1), 10) == []
    assert [one.id for one in tx.recordings.outdated(later, 10)] == ["r1"]
    assert tx.recordings.deleted("r1", "retention", later)
    assert not tx.recordings.deleted("r1", "ada", later + DAY)
    assert tx.recordings.outdated(later + DAY, 10) == []
    found = tx.recordings.get("r1")
    assert found is not None
    assert (found.deleted_at, found.deleted_by) == (later, "retention")


def test_the_list_leaves_out_what_was_deleted_unless_asked(tx: SqlTransaction, recording: Recording) -> None:
    assert known_recordings(tx) == known_recordings(tx, recording.call_id) == [recording]
    assert known_recordings(tx, "another call") == []
    tx.recordings.ended("r1", NOW, 1.0)
    tx.recordings.deleted("r1", "ada", NOW)
    assert known_recordings(tx) == []
    assert [one.id for one in known_recordings(tx, with_deleted=True)] == ["r1"]
