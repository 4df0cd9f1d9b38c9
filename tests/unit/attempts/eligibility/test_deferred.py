"""Nobody hears of a matter before the moment that they named."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from ivr.attempts.eligibility.decision import Verdict
from ivr.attempts.eligibility.deferred import deferred
from ivr.attempts.eligibility.facts import EligibilityFacts
from ivr.attempts.eligibility.policy import Policy


def test_a_matter_that_nobody_put_off_goes_on(facts: EligibilityFacts, policy: Policy, now: datetime) -> None:
    assert deferred(facts, policy, now) is None


def test_it_rests_until_the_moment_and_no_longer(
    facts: EligibilityFacts, policy: Policy, now: datetime
) -> None:
    until = now + timedelta(hours=3)
    given = replace(facts, alert=replace(facts.alert, deferred_until=until))
    decision = deferred(given, policy, now)
    assert decision is not None
    assert (decision.verdict, decision.reason, decision.until) == (
        Verdict.DEFER,
        "asked_to_call_later",
        until,
    )
    assert decision.detail == "the customer wants to hear of it at 2025-01-10 20:00 UTC"
    assert deferred(given, policy, until) is None
