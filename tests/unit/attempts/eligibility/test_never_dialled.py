"""Some numbers ring for nobody, whatever the policy."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from ivr.attempts.eligibility.decision import Verdict
from ivr.attempts.eligibility.facts import EligibilityFacts
from ivr.attempts.eligibility.never_dialled import never_dialled
from ivr.attempts.eligibility.policy import DialPermission, Policy


def test_an_ordinary_number_goes_on(facts: EligibilityFacts, policy: Policy, now: datetime) -> None:
    assert never_dialled(facts, policy, now) is None


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("+1911", "no E.164 number"),
        ("911", "no E.164 number"),
        ("PJSIP/evil", "no E.164 number"),
        ("+1 212 555 0123", "no E.164 number"),
        ("+19005550123", "premium-rate"),
        ("+881612345678", "satellite"),
    ],
)
def test_a_listing_does_not_help(
    facts: EligibilityFacts, policy: Policy, now: datetime, address: str, said: str
) -> None:
    listed = replace(policy, permission=DialPermission(listed_numbers=frozenset({address})))
    decision = never_dialled(replace(facts, attempt=replace(facts.attempt, address=address)), listed, now)
    assert decision is not None
    assert (decision.verdict, decision.reason) == (Verdict.CANCEL, "never_dialled")
    assert said in decision.detail
