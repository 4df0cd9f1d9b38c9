from __future__ import annotations

import pytest
import structlog
from hypothesis import given
from hypothesis import strategies as st

from ivr.calls.call_result import CallResult
from ivr.calls.hangup_cause import HangupCause
from ivr.telephony.cause_map import Q850_RESULTS, SIP_RESULTS, CauseOverrides, unanswered_result


def result(
    q850: int,
    sip: int | None = None,
    reason: str | None = None,
    *,
    alerted: bool = True,
    overrides: CauseOverrides | None = None,
) -> CallResult:
    cause = HangupCause(q850, "text", sip, reason)
    return unanswered_result(cause, alerted=alerted, overrides=overrides or CauseOverrides())


SEEN_ON_ASTERISK_22 = [
    (17, 486, CallResult.BUSY),
    (17, 600, CallResult.BUSY),
    (19, 480, CallResult.NO_ANSWER),
    (34, 503, CallResult.CONGESTION),
    (38, 500, CallResult.CONGESTION),
    (1, 404, CallResult.INVALID_NUMBER),
    (1, 604, CallResult.INVALID_NUMBER),
    (22, 410, CallResult.INVALID_NUMBER),
    (28, 484, CallResult.INVALID_NUMBER),
    (21, 403, CallResult.REJECTED),
    (21, 603, CallResult.REJECTED),
    (127, 607, CallResult.BLOCKED),
    (127, 608, CallResult.BLOCKED),
    (127, 487, CallResult.CANCELLED),
    (58, 488, CallResult.FAILED),
    (58, 606, CallResult.FAILED),
    (16, None, CallResult.CANCELLED),
    (26, None, CallResult.CANCELLED),
]


@pytest.mark.parametrize(("q850", "sip", "expected"), SEEN_ON_ASTERISK_22)
def test_pairs_that_a_real_asterisk_reported(q850: int, sip: int | None, expected: CallResult) -> None:
    assert result(q850, sip) is expected


@pytest.mark.parametrize("phrase", ["Network Blocked", "network blocked", " NETWORK BLOCKED "])
def test_603_plus_is_blocked(phrase: str) -> None:
    assert result(21, 603, phrase) is CallResult.BLOCKED


@pytest.mark.parametrize("phrase", [None, "", "Decline", "Declined by Network Blocked List"])
def test_any_other_603_is_a_person_who_declines(phrase: str | None) -> None:
    assert result(21, 603, phrase) is CallResult.REJECTED


def test_the_phrase_of_603_plus_beside_another_status_means_nothing() -> None:
    assert result(17, 486, "Network Blocked") is CallResult.BUSY


def test_a_ring_time_out_without_any_ringing_reached_nobody() -> None:
    assert result(19, 480, alerted=True) is CallResult.NO_ANSWER
    assert result(19, 480, alerted=False) is CallResult.UNREACHABLE


def test_a_trunk_that_never_answers_is_unreachable() -> None:
    assert result(18, 408, alerted=False) is CallResult.UNREACHABLE


def test_the_sip_status_wins_over_the_coarser_cause() -> None:
    assert result(17, 404) is CallResult.INVALID_NUMBER


def test_a_status_below_300_does_not_say_why_a_call_ended() -> None:
    assert result(17, 183) is CallResult.BUSY


def test_a_trunk_can_mean_something_else_by_a_code() -> None:
    overrides = CauseOverrides(sip={403: CallResult.BLOCKED}, q850={16: CallResult.NO_ANSWER})
    assert result(21, 403, overrides=overrides) is CallResult.BLOCKED
    assert result(16, overrides=overrides) is CallResult.NO_ANSWER
    assert result(16, alerted=False, overrides=overrides) is CallResult.UNREACHABLE
    assert result(17, 486, overrides=overrides) is CallResult.BUSY


@given(
    q850=st.integers(-1, 300),
    sip=st.none() | st.integers(0, 999),
    reason=st.none() | st.text(),
    alerted=st.booleans(),
)
def test_every_cause_has_a_result_and_none_is_an_answer(
    q850: int, sip: int | None, reason: str | None, alerted: bool
) -> None:
    with structlog.testing.capture_logs():
        found = result(q850, sip, reason, alerted=alerted)
    assert found in CallResult
    assert found is not CallResult.ANSWERED


def test_a_code_that_nobody_knows_is_failed_and_loud() -> None:
    with structlog.testing.capture_logs() as logs:
        assert result(17, 699) is CallResult.FAILED
        assert result(126) is CallResult.FAILED
    assert [entry["log_level"] for entry in logs] == ["error", "error"]


def test_a_known_failure_is_not_logged_as_unknown() -> None:
    with structlog.testing.capture_logs() as logs:
        result(58, 488)
    assert logs == []


REGISTERED_STATUSES = {
    *(300, 301, 302, 305, 380),
    *(400, 401, 402, 403, 404, 405, 406, 407, 408, 410, 412, 413, 414, 415, 416, 417),
    *(420, 421, 422, 423, 424, 425, 428, 429, 430, 433, 436, 437, 438, 439, 440, 469, 470),
    *(480, 481, 482, 483, 484, 485, 486, 487, 488, 489, 491, 493, 494),
    *(500, 501, 502, 503, 504, 505, 513, 555, 580),
    *(600, 603, 604, 606, 607, 608),
}
"""Final responses other than success in the IANA registry of SIP parameters."""


@pytest.mark.parametrize("status", sorted(REGISTERED_STATUSES))
def test_every_registered_final_status_is_known(status: int) -> None:
    assert status in SIP_RESULTS


@pytest.mark.parametrize("cause", [*range(1, 10), *range(16, 32), 34, 38, *range(41, 45), 47, 127])
def test_the_common_causes_of_q850_are_known(cause: int) -> None:
    assert cause in Q850_RESULTS
