"""A number that is somebody else's is not called."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from ivr.attempts.eligibility.contact_point_unusable import contact_point_unusable
from ivr.attempts.eligibility.decision import Verdict
from ivr.attempts.eligibility.facts import EligibilityFacts
from ivr.attempts.eligibility.policy import Policy


def test_a_usable_number_goes_on(facts: EligibilityFacts, policy: Policy, now: datetime) -> None:
    assert contact_point_unusable(facts, policy, now) is None


def test_an_unusable_one_is_cancelled(facts: EligibilityFacts, policy: Policy, now: datetime) -> None:
    point = replace(facts.contact_point, usable=False)
    decision = contact_point_unusable(replace(facts, contact_point=point), policy, now)
    assert decision is not None
    assert (decision.verdict, decision.reason) == (Verdict.CANCEL, "contact_point_unusable")
