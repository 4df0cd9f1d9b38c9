"""Too many wrong secrets in a row lock a door for a while."""

from datetime import UTC, datetime, timedelta

from ivr.engine.lockout import LOCKED_FOR, Lockout

NOW = datetime(2026, 3, 2, 15, tzinfo=UTC)


def after(failures: int, start: Lockout = Lockout()) -> Lockout:  # noqa: B008 (it is frozen)
    for _ in range(failures):
        start = start.after_failure(NOW)
    return start


def test_the_third_in_a_row_locks() -> None:
    assert not after(2).is_locked(NOW)
    assert after(3).is_locked(NOW)


def test_it_opens_by_itself_and_counts_anew() -> None:
    later = NOW + LOCKED_FOR
    assert after(3).is_locked(later - timedelta(seconds=1))
    assert not after(3).is_locked(later)
    assert not after(2, after(3)).is_locked(later)
