"""Nobody is called more often than the rule's caps say."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from ivr.attempts.eligibility.cap import cap
from ivr.attempts.eligibility.decision import Verdict
from ivr.attempts.eligibility.facts import EligibilityFacts
from ivr.attempts.eligibility.policy import Policy


def test_without_calls_it_goes_on(facts: EligibilityFacts, policy: Policy, now: datetime) -> None:
    assert cap(facts, policy, now) is None


def test_a_full_window_waits_until_its_oldest_call_leaves(
    facts: EligibilityFacts, policy: Policy, now: datetime
) -> None:
    called = now - timedelta(minutes=20)
    decision = cap(replace(facts, recent_call_times=(called,)), policy, now)
    assert decision is not None
    assert (decision.verdict, decision.reason) == (Verdict.DEFER, "cap_per_hour")
    assert decision.until == called + timedelta(hours=1)
    assert cap(replace(facts, recent_call_times=(called,)), policy, called + timedelta(hours=1)) is None


def test_of_several_full_windows_the_longest_wait_counts(
    facts: EligibilityFacts, policy: Policy, now: datetime
) -> None:
    calls = [now - timedelta(hours=hours) for hours in (160, 140, 120, 100, 80, 60, 0)]
    decision = cap(replace(facts, recent_call_times=calls), policy, now)
    assert decision is not None
    assert decision.reason == "cap_per_7_days"
    assert decision.until == calls[0] + timedelta(days=7)


def test_more_calls_than_the_cap_wait_for_as_many_to_leave(
    facts: EligibilityFacts, policy: Policy, now: datetime
) -> None:
    calls = [now - timedelta(hours=hours) for hours in (20, 10, 5)]
    decision = cap(replace(facts, recent_call_times=calls), policy, now)
    assert decision is not None
    assert decision.until == calls[1] + timedelta(days=1)
