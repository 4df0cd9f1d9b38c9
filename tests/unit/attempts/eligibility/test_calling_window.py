"""Calling hours are kept in every zone the person might be in."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from ivr.attempts.eligibility.calling_window import calling_window
from ivr.attempts.eligibility.decision import Verdict
from ivr.attempts.eligibility.facts import EligibilityFacts
from ivr.attempts.eligibility.policy import Policy
from ivr.calling_hours import CallingHours


def test_within_the_hours_it_goes_on(facts: EligibilityFacts, policy: Policy, now: datetime) -> None:
    assert calling_window(facts, policy, now) is None


def test_early_in_the_morning_it_waits_for_eight(
    facts: EligibilityFacts, policy: Policy, now: datetime
) -> None:
    six = now - timedelta(hours=6)
    decision = calling_window(facts, policy, six)
    assert decision is not None
    assert (decision.verdict, decision.reason) == (Verdict.DEFER, "outside_calling_hours")
    assert decision.until == six + timedelta(hours=2)
    assert decision.detail == "it is Friday 06:00 in America/New_York, outside 8 to 9"


def test_the_zone_of_the_number_counts_beside_that_of_the_address(
    facts: EligibilityFacts, policy: Policy, now: datetime
) -> None:
    in_los_angeles = replace(facts, attempt=replace(facts.attempt, address="+12135550123"))
    nine_in_new_york = now - timedelta(hours=3)
    decision = calling_window(in_los_angeles, policy, nine_in_new_york)
    assert decision is not None
    assert decision.until == nine_in_new_york + timedelta(hours=2)
    assert "America/Los_Angeles" in decision.detail


def test_a_number_alone_is_enough_to_know_the_clock(
    facts: EligibilityFacts, policy: Policy, now: datetime
) -> None:
    no_address = replace(facts, customer=replace(facts.customer, time_zone=None))
    assert calling_window(no_address, policy, now) is None
    assert calling_window(no_address, policy, now - timedelta(hours=6)) is not None


@pytest.mark.parametrize("zone", ["America/Nowhere", "", "EST5EDT4"])
def test_a_zone_that_nobody_knows_fails_closed(
    facts: EligibilityFacts, policy: Policy, now: datetime, zone: str
) -> None:
    decision = calling_window(replace(facts, customer=replace(facts.customer, time_zone=zone)), policy, now)
    assert decision is not None
    assert (decision.verdict, decision.reason) == (Verdict.DEFER, "unknown_time_zone")
    assert decision.until == now + timedelta(days=1)


def test_no_zone_at_all_fails_closed(facts: EligibilityFacts, policy: Policy, now: datetime) -> None:
    nowhere = replace(
        facts,
        customer=replace(facts.customer, time_zone=None),
        attempt=replace(facts.attempt, address="+15555550123"),
    )
    decision = calling_window(nowhere, policy, now)
    assert decision is not None
    assert decision.reason == "unknown_time_zone"


def test_hours_without_a_gap_need_no_clock(facts: EligibilityFacts, policy: Policy, now: datetime) -> None:
    any_hour = CallingHours.model_validate(
        {"name": "any", "title": "Any", "days": {"every_day": "00:00-24:00"}}
    )
    nowhere = replace(facts, customer=replace(facts.customer, time_zone="America/Nowhere"))
    assert calling_window(nowhere, replace(policy, hours=any_hour), now) is None


def test_hours_that_never_meet_are_looked_at_again(
    facts: EligibilityFacts, policy: Policy, now: datetime
) -> None:
    narrow = CallingHours.model_validate(
        {"name": "narrow", "title": "Narrow", "days": {"every_day": "08:00-09:00"}}
    )
    in_los_angeles = replace(facts, attempt=replace(facts.attempt, address="+12135550123"))
    decision = calling_window(in_los_angeles, replace(policy, hours=narrow), now)
    assert decision is not None
    assert (decision.verdict, decision.reason) == (Verdict.DEFER, "never_open")
    assert decision.until == now + timedelta(days=1)
