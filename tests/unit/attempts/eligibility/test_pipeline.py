"""The stages are asked in order, and the first objection decides."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from ivr.alerts.alert import AlertState
from ivr.attempts.eligibility.decision import Verdict
from ivr.attempts.eligibility.facts import EligibilityFacts
from ivr.attempts.eligibility.pipeline import CLAIM, ORIGINATE, Stage, decide
from ivr.attempts.eligibility.policy import DialPermission, Policy
from ivr.money import Money


def test_without_an_objection_the_call_goes(facts: EligibilityFacts, policy: Policy, now: datetime) -> None:
    for stages in (CLAIM, ORIGINATE):
        assert decide(stages, facts, policy, now).verdict is Verdict.GO


def test_what_ends_an_attempt_is_told_before_what_puts_it_off(
    facts: EligibilityFacts, policy: Policy, now: datetime
) -> None:
    at_night = now - timedelta(hours=10)
    assert decide(CLAIM, facts, policy, at_night).stage == "calling_window"
    settled = replace(facts, alert=replace(facts.alert, state=AlertState.SETTLED))
    assert decide(CLAIM, settled, policy, at_night).stage == "alert_ended"


def test_the_source_is_asked_at_the_claim_only(
    facts: EligibilityFacts, policy: Policy, now: datetime
) -> None:
    paid = replace(facts, account=replace(facts.account, amount_due=Money(0, "USD")))
    assert decide(CLAIM, paid, policy, now).stage == "cause_gone"
    assert decide(ORIGINATE, paid, policy, now).verdict is Verdict.GO


@pytest.mark.parametrize("stage", CLAIM)
def test_every_deferral_says_when_to_look_again(
    facts: EligibilityFacts, policy: Policy, now: datetime, stage: Stage
) -> None:
    troubled = replace(facts, open_call="at-9", recent_call_times=(now,))
    decision = stage(troubled, replace(policy, permission=DialPermission()), now - timedelta(hours=10))
    if decision is not None and decision.verdict is Verdict.DEFER:
        assert decision.until is not None
        assert decision.until > now - timedelta(hours=10)
