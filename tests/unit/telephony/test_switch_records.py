"""What the channel event log proves about calls that nobody listened to."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from ivr.calls.call_result import CallResult
from ivr.switch.cel import CelEvent, CelRecord
from ivr.telephony.switch_records import evidence_of

START = datetime(2026, 3, 2, 12, tzinfo=UTC)
BEGAN = START - timedelta(hours=1)


def records(*events: CelEvent, cause: int = 16) -> list[CelRecord]:
    return [
        CelRecord(
            event,
            START + timedelta(seconds=second),
            "a1",
            "a1",
            "PJSIP/carrier-1",
            cause if event is CelEvent.HANGUP else None,
            "",
            "",
        )
        for second, event in enumerate(events)
    ]


def test_a_call_that_the_log_never_heard_of_was_not_dialled() -> None:
    evidence = evidence_of("a1", [], BEGAN)

    assert not evidence.was_dialled
    assert evidence.report is None
    assert evidence.since == BEGAN


def test_a_call_without_an_end_was_dialled_and_nothing_more_is_known() -> None:
    evidence = evidence_of("a1", records(CelEvent.CHAN_START, CelEvent.ANSWER), BEGAN)

    assert evidence.was_dialled
    assert evidence.report is None


def test_an_answered_call_is_told_whole() -> None:
    events = (CelEvent.CHAN_START, CelEvent.ANSWER, CelEvent.HANGUP, CelEvent.CHAN_END)

    report = evidence_of("a1", records(*events), BEGAN).report

    assert report is not None
    assert report.result is CallResult.ANSWERED
    assert report.answered_at == START + timedelta(seconds=1)
    assert report.ended_at == START + timedelta(seconds=3)


def test_an_unanswered_call_has_the_result_of_its_cause() -> None:
    events = (CelEvent.CHAN_START, CelEvent.HANGUP, CelEvent.CHAN_END)

    report = evidence_of("a1", records(*events, cause=17), BEGAN).report

    assert report is not None
    assert report.result is CallResult.BUSY
