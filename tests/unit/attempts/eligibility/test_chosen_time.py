"""An alert comes at the time of day that its customer chose for it, on their own clock."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time, timedelta

import pytest

from ivr.alerts.alert import Forwarded
from ivr.attempts.eligibility.chosen_time import chosen_time
from ivr.attempts.eligibility.decision import Verdict
from ivr.attempts.eligibility.facts import EligibilityFacts
from ivr.attempts.eligibility.policy import Policy
from ivr.attempts.eligibility.preferred_hours import preferred_hours
from ivr.calling_hours import Window
from ivr.rules.alert_choice import AlertChoice
from ivr.rules.customer_may import CustomerMay

AT_THREE = AlertChoice(at=time(15))
"""It is noon where the customer is, and the alert has just begun."""


@pytest.fixture
def leaving(policy: Policy) -> Policy:
    """A policy whose rule leaves the time to the customer."""
    may = CustomerMay.model_validate({"named": {"en": "Overdue"}, "time": True})
    return replace(policy, rule=policy.rule.model_copy(update={"customer_may": may}))


@pytest.mark.parametrize(("at", "hours"), [(time(15), 3), (time(9), 21), (time(12, 30), 0.5)])
def test_it_waits_until_the_clock_shows_that_time(
    facts: EligibilityFacts, leaving: Policy, now: datetime, at: time, hours: float
) -> None:
    decision = chosen_time(replace(facts, chosen=AlertChoice(at=at)), leaving, now)
    assert decision is not None
    assert (decision.verdict, decision.reason) == (Verdict.DEFER, "before_chosen_time")
    assert decision.detail == f"the customer chose {at:%H:%M} for it"
    assert decision.until == now + timedelta(hours=hours)


def test_from_then_on_the_retry_rule_says_when(
    facts: EligibilityFacts, leaving: Policy, now: datetime
) -> None:
    chosen = replace(facts, chosen=AT_THREE)
    for later in (3, 4, 24, 40):
        assert chosen_time(chosen, leaving, now + timedelta(hours=later)) is None


def test_a_rule_that_leaves_it_to_nobody_and_a_customer_who_chose_none_wait_for_nothing(
    facts: EligibilityFacts, policy: Policy, leaving: Policy, now: datetime
) -> None:
    assert chosen_time(replace(facts, chosen=AT_THREE), policy, now) is None
    assert chosen_time(facts, leaving, now) is None


def test_a_moment_that_they_named_since_goes_before(
    facts: EligibilityFacts, leaving: Policy, now: datetime
) -> None:
    asked = replace(facts, alert=replace(facts.alert, deferred_until=facts.attempt.due_at), chosen=AT_THREE)
    assert chosen_time(asked, leaving, now) is None


def test_it_goes_before_the_hours_that_they_prefer_for_all_calls(
    facts: EligibilityFacts, policy: Policy, leaving: Policy, now: datetime
) -> None:
    evenings = replace(facts.customer, preferred_hours=Window(18 * 60, 20 * 60))
    chosen = replace(facts, customer=evenings, chosen=AT_THREE)
    at_three = now + timedelta(hours=3)
    assert preferred_hours(chosen, leaving, at_three) is None
    assert preferred_hours(chosen, policy, at_three) is not None


@pytest.mark.parametrize(("cycle", "attempt_no"), [(1, 2), (2, 1)], ids=["a retry", "a new cycle"])
def test_a_try_after_the_first_is_made_in_the_hours_that_they_prefer(
    facts: EligibilityFacts, leaving: Policy, now: datetime, cycle: int, attempt_no: int
) -> None:
    evenings = replace(facts.customer, preferred_hours=Window(18 * 60, 20 * 60))
    later = replace(facts.attempt, cycle=cycle, attempt_no=attempt_no)
    chosen = replace(facts, customer=evenings, chosen=AT_THREE, attempt=later)
    decision = preferred_hours(chosen, leaving, now + timedelta(hours=4))
    assert decision is not None
    assert decision.until == now + timedelta(hours=6)


def test_nobody_waits_for_a_clock_that_we_do_not_know(
    facts: EligibilityFacts, leaving: Policy, now: datetime
) -> None:
    toll_free = replace(facts.attempt, address="+18005550123")
    lost = replace(
        facts, customer=replace(facts.customer, time_zone=None), attempt=toll_free, chosen=AT_THREE
    )
    assert chosen_time(lost, leaving, now) is None


def test_the_time_is_that_of_the_address_whatever_the_number_s_home(
    facts: EligibilityFacts, leaving: Policy, now: datetime
) -> None:
    away = replace(facts, attempt=replace(facts.attempt, address="+13105550123"), chosen=AT_THREE)
    decision = chosen_time(away, leaving, now)
    assert decision is not None
    assert decision.until == now + timedelta(hours=3)


def test_what_was_passed_on_comes_when_it_is_due(
    facts: EligibilityFacts, leaving: Policy, now: datetime
) -> None:
    passed_on = replace(facts.alert, forwarded=Forwarded("al-0", "p", None))
    assert chosen_time(replace(facts, alert=passed_on, chosen=AT_THREE), leaving, now) is None
