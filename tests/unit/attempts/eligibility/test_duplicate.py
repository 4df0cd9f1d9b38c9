"""A run of the plan that was replaced calls nobody."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from ivr.attempts.eligibility.decision import Verdict
from ivr.attempts.eligibility.duplicate import duplicate
from ivr.attempts.eligibility.facts import EligibilityFacts
from ivr.attempts.eligibility.policy import Policy


def test_an_attempt_of_the_present_cycle_goes_on(
    facts: EligibilityFacts, policy: Policy, now: datetime
) -> None:
    assert duplicate(facts, policy, now) is None


def test_an_attempt_of_an_older_cycle_is_cancelled(
    facts: EligibilityFacts, policy: Policy, now: datetime
) -> None:
    decision = duplicate(replace(facts, alert=replace(facts.alert, cycle=2)), policy, now)
    assert decision is not None
    assert (decision.verdict, decision.reason) == (Verdict.CANCEL, "older_cycle")
    assert decision.detail == "it belongs to run 1 of the plan, which is in run 2"
