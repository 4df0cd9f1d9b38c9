"""Nothing is dialled that nobody allowed."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from ivr.attempts.eligibility.decision import Verdict
from ivr.attempts.eligibility.facts import EligibilityFacts
from ivr.attempts.eligibility.not_allowed_yet import not_allowed_yet
from ivr.attempts.eligibility.policy import DialPermission, Policy


@pytest.mark.parametrize(
    "permission",
    [
        DialPermission(is_simulated=True),
        DialPermission(listed_numbers=frozenset({"+12125550123"})),
        DialPermission(is_live=True, allowed_prefixes=("+49", "+1")),
    ],
)
def test_a_simulated_a_listed_or_an_allowed_number_goes_on(
    facts: EligibilityFacts, policy: Policy, now: datetime, permission: DialPermission
) -> None:
    assert not_allowed_yet(facts, replace(policy, permission=permission), now) is None


@pytest.mark.parametrize(
    ("permission", "reason"),
    [
        (DialPermission(), "not_live"),
        (DialPermission(allowed_prefixes=("+1",)), "not_live"),
        (DialPermission(listed_numbers=frozenset({"+12125550124"})), "not_live"),
        (DialPermission(is_live=True), "prefix_not_allowed"),
        (DialPermission(is_live=True, allowed_prefixes=("+49",)), "prefix_not_allowed"),
    ],
)
def test_any_other_waits(
    facts: EligibilityFacts, policy: Policy, now: datetime, permission: DialPermission, reason: str
) -> None:
    decision = not_allowed_yet(facts, replace(policy, permission=permission), now)
    assert decision is not None
    assert (decision.verdict, decision.reason) == (Verdict.DEFER, reason)
    assert decision.until == now + timedelta(minutes=15)
