"""Whoever asked to be left alone is left alone, as a person and as a number."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from ivr.accounts.suppression import Suppression
from ivr.attempts.eligibility.decision import Verdict
from ivr.attempts.eligibility.facts import EligibilityFacts
from ivr.attempts.eligibility.opted_out import opted_out
from ivr.attempts.eligibility.policy import Policy


@pytest.fixture
def suppression(now: datetime) -> Suppression:
    return Suppression(None, None, None, now - timedelta(days=3), "keypad")


def test_without_a_suppression_it_goes_on(facts: EligibilityFacts, policy: Policy, now: datetime) -> None:
    assert opted_out(facts, policy, now) is None


@pytest.mark.parametrize("topic", [None, "payments"])
def test_the_customer_is_not_called_on_any_number(
    facts: EligibilityFacts, policy: Policy, now: datetime, suppression: Suppression, topic: str | None
) -> None:
    of_customer = replace(suppression, customer_id="C1", topic=topic)
    decision = opted_out(replace(facts, suppressions=(of_customer,)), policy, now)
    assert decision is not None
    assert (decision.verdict, decision.reason) == (Verdict.CANCEL, "opted_out")
    assert decision.detail == "the customer opted out on 2025-01-07"


def test_a_number_is_not_called_whoever_holds_it(
    facts: EligibilityFacts, policy: Policy, now: datetime, suppression: Suppression
) -> None:
    of_number = replace(suppression, customer_id="C99", address=facts.attempt.address)
    decision = opted_out(replace(facts, suppressions=(of_number,)), policy, now)
    assert decision is not None
    assert (decision.verdict, decision.reason) == (Verdict.CANCEL, "address_opted_out")


def test_another_topic_may_still_call(
    facts: EligibilityFacts, policy: Policy, now: datetime, suppression: Suppression
) -> None:
    of_offers = replace(suppression, customer_id="C1", topic="offers")
    assert opted_out(replace(facts, suppressions=(of_offers,)), policy, now) is None
