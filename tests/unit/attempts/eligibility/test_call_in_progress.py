"""Nobody's telephone rings while they talk with us."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from ivr.attempts.eligibility.call_in_progress import call_in_progress
from ivr.attempts.eligibility.decision import Verdict
from ivr.attempts.eligibility.facts import EligibilityFacts
from ivr.attempts.eligibility.policy import Policy


def test_it_goes_on_when_nobody_is_on_the_telephone(
    facts: EligibilityFacts, policy: Policy, now: datetime
) -> None:
    assert call_in_progress(facts, policy, now) is None


def test_another_attempt_under_way_defers_a_little(
    facts: EligibilityFacts, policy: Policy, now: datetime
) -> None:
    decision = call_in_progress(replace(facts, open_call="at-9"), policy, now)
    assert decision is not None
    assert (decision.verdict, decision.reason) == (Verdict.DEFER, "call_in_progress")
    assert decision.until == now + timedelta(seconds=20)


def test_an_attempt_is_not_in_its_own_way(facts: EligibilityFacts, policy: Policy, now: datetime) -> None:
    assert call_in_progress(replace(facts, open_call=facts.attempt.id), policy, now) is None
