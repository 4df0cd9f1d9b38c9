"""Customers are called when they like it, on their own clock."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from ivr.accounts.contact_point import Medium
from ivr.attempts.eligibility.decision import Verdict
from ivr.attempts.eligibility.facts import EligibilityFacts
from ivr.attempts.eligibility.policy import Policy
from ivr.attempts.eligibility.preferred_hours import preferred_hours
from ivr.calling_hours import Window

NOON_UNTIL_TWO, AFTERNOON = Window(12 * 60, 14 * 60), Window(15 * 60, 16 * 60)
"""It is noon where the customer is."""


def of_one_who_prefers(facts: EligibilityFacts, hours: Window | None) -> EligibilityFacts:
    return replace(facts, customer=replace(facts.customer, preferred_hours=hours))


def test_who_prefers_nothing_and_who_prefers_this_hour_can_be_called(
    facts: EligibilityFacts, policy: Policy, now: datetime
) -> None:
    for hours in (None, NOON_UNTIL_TWO):
        assert preferred_hours(of_one_who_prefers(facts, hours), policy, now) is None


def test_at_other_hours_it_waits_for_the_next_of_them(
    facts: EligibilityFacts, policy: Policy, now: datetime
) -> None:
    decision = preferred_hours(of_one_who_prefers(facts, AFTERNOON), policy, now)
    assert decision is not None
    assert (decision.verdict, decision.reason) == (Verdict.DEFER, "outside_preferred_hours")
    assert decision.detail == "the customer wants to be called between 15:00 and 16:00"
    assert decision.until == now + timedelta(hours=3)
    tomorrow = preferred_hours(of_one_who_prefers(facts, AFTERNOON), policy, now + timedelta(hours=4))
    assert tomorrow is not None
    assert tomorrow.until == now + timedelta(hours=27)


def test_the_moment_that_they_named_themselves_goes_before(
    facts: EligibilityFacts, policy: Policy, now: datetime
) -> None:
    asked = replace(facts, alert=replace(facts.alert, deferred_until=facts.attempt.due_at))
    assert preferred_hours(of_one_who_prefers(asked, AFTERNOON), policy, now) is None


def test_a_letter_may_come_at_every_hour(facts: EligibilityFacts, policy: Policy, now: datetime) -> None:
    letter = replace(facts, attempt=replace(facts.attempt, medium=Medium.EMAIL))
    assert preferred_hours(of_one_who_prefers(letter, AFTERNOON), policy, now) is None
