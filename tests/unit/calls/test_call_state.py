from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ivr.calls.call_state import (
    Answered,
    CallNotice,
    CallPhase,
    CallState,
    EarlyMedia,
    Ended,
    Ringing,
    advance,
)
from ivr.calls.hangup_cause import HangupCause

START = datetime(2026, 1, 5, 9, tzinfo=UTC)
BUSY = HangupCause(17, "User busy", 486)
NORMAL = HangupCause(16, "Normal Clearing")


def second(number: int) -> datetime:
    return START + timedelta(seconds=number)


def after(notices: Sequence[CallNotice]) -> CallState:
    state = CallState(START)
    for notice in notices:
        state = advance(state, notice)
    return state


@pytest.mark.parametrize(
    ("notices", "phase"),
    [
        ([], CallPhase.DIALING),
        ([Ringing(second(1))], CallPhase.RINGING),
        ([EarlyMedia(second(1))], CallPhase.EARLY_MEDIA),
        ([Ringing(second(1)), EarlyMedia(second(2))], CallPhase.EARLY_MEDIA),
        ([EarlyMedia(second(1)), Ringing(second(2))], CallPhase.EARLY_MEDIA),
        ([Answered(second(1))], CallPhase.ANSWERED),
        ([Ringing(second(1)), Answered(second(2))], CallPhase.ANSWERED),
        ([Ringing(second(1)), Ended(second(2), BUSY)], CallPhase.ENDED),
        ([Ringing(second(1)), Answered(second(2)), Ended(second(3), NORMAL)], CallPhase.ENDED),
    ],
)
def test_the_phase_is_the_furthest_step(notices: Sequence[CallNotice], phase: CallPhase) -> None:
    assert after(notices).phase is phase


def test_early_media_is_no_answer() -> None:
    assert after([EarlyMedia(second(1)), Ended(second(9), HangupCause(1, "", 404))]).answered_at is None


def test_ringing_that_is_told_after_the_answer_is_not_believed() -> None:
    assert after([Answered(second(1)), Ringing(second(2))]).ringing_at is None


def test_the_first_of_two_ends_counts() -> None:
    state = after([Ended(second(2), BUSY), Ended(second(3), NORMAL)])

    assert (state.ended_at, state.cause) == (second(2), BUSY)


moments = st.integers(0, 100).map(second)
a_notice = st.one_of(
    st.builds(Ringing, moments),
    st.builds(EarlyMedia, moments),
    st.builds(Answered, moments),
    st.builds(Ended, moments, st.sampled_from([None, BUSY, NORMAL])),
)


@given(st.lists(a_notice), a_notice)
def test_what_is_known_once_is_never_changed(notices: list[CallNotice], one_more: CallNotice) -> None:
    before, now = after(notices), after([*notices, one_more])

    for moment in ("ringing_at", "early_media_at", "answered_at", "ended_at"):
        assert getattr(before, moment) in (None, getattr(now, moment))
    assert list(CallPhase).index(now.phase) >= list(CallPhase).index(before.phase)


@given(st.lists(a_notice), a_notice)
def test_nothing_counts_after_the_end(notices: list[CallNotice], late: CallNotice) -> None:
    over = after([*notices, Ended(second(0), NORMAL)])

    assert advance(over, late) == over


@given(st.lists(a_notice))
def test_repeating_every_notice_changes_nothing(notices: list[CallNotice]) -> None:
    assert after([twice for notice in notices for twice in (notice, notice)]) == after(notices)
