from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from ivr.carrier.call_seen import calls_of, repeated_attempts
from ivr.carrier.log_entry import LogEntry, What

START = datetime(2026, 3, 2, 15, 0, tzinfo=UTC)
NUMBER = "+12025550101"


def entry(second: int, what: What, line: str = "1.1", **details: str) -> LogEntry:
    return LogEntry(START + timedelta(seconds=second), NUMBER, line, what, details)


def invited(second: int, attempt_id: str, line: str) -> LogEntry:
    return entry(
        second, What.INVITED, line, attempt_id=attempt_id, caller_id="+18005550199", sip_call_id=f"c-{line}"
    )


def test_a_call_is_put_together_from_its_entries() -> None:
    [call] = calls_of(
        [
            invited(0, "attempt-1", "1.1"),
            entry(1, What.RANG),
            entry(2, What.ANSWERED),
            entry(3, What.HEARD_PHRASE, phrase="press 1"),
            entry(4, What.PRESSED, keys="1", by="rfc4733"),
            entry(5, What.PRESSED, keys="2", by="rfc4733"),
            entry(6, What.ENDED, by="far_end", cause="16"),
            entry(7, What.RECORDED, file="/spool/heard-1.1.wav"),
        ]
    )
    assert (call.attempt_id, call.caller_id, call.sip_call_id) == ("attempt-1", "+18005550199", "c-1.1")
    assert call.began_at == START
    assert call.answered_at == START + timedelta(seconds=2)
    assert call.pressed == ("1", "2")
    assert call.phrases == ("press 1",)
    assert (call.ended_by, call.ended_at) == ("far_end", START + timedelta(seconds=6))
    assert call.heard == Path("/spool/heard-1.1.wav")
    assert call.refused is None


def test_calls_stay_apart_and_in_the_order_they_began() -> None:
    first, second = calls_of(
        [invited(0, "a", "1.1"), invited(1, "b", "1.2"), entry(2, What.REFUSED, "1.1", status="486")]
    )
    assert (first.attempt_id, first.refused) == ("a", "486")
    assert (second.attempt_id, second.refused) == ("b", None)


def test_a_second_invite_for_one_attempt_is_a_duplicate_and_one_without_an_attempt_is_not() -> None:
    log = [invited(0, "a", "1.1"), invited(1, "b", "1.2"), invited(2, "a", "1.3")]
    log += [invited(3, "", "1.4"), invited(4, "", "1.5")]
    assert repeated_attempts(log) == {"a": (log[0], log[2])}
