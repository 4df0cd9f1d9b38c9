"""An alert that is over calls nobody."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from ivr.alerts.alert import AlertState
from ivr.attempts.eligibility.alert_ended import alert_ended
from ivr.attempts.eligibility.decision import Verdict
from ivr.attempts.eligibility.facts import EligibilityFacts
from ivr.attempts.eligibility.policy import Policy


def test_an_open_alert_goes_on(facts: EligibilityFacts, policy: Policy, now: datetime) -> None:
    assert alert_ended(facts, policy, now) is None


@pytest.mark.parametrize("state", [state for state in AlertState if state is not AlertState.OPEN])
def test_any_end_cancels(facts: EligibilityFacts, policy: Policy, now: datetime, state: AlertState) -> None:
    decision = alert_ended(replace(facts, alert=replace(facts.alert, state=state)), policy, now)
    assert decision is not None
    assert (decision.verdict, decision.reason) == (Verdict.CANCEL, f"alert_{state}")


def test_it_is_of_use_until_the_moment_it_expires(
    facts: EligibilityFacts, policy: Policy, now: datetime
) -> None:
    last = facts.alert.expires_at
    assert alert_ended(facts, policy, last - timedelta(seconds=1)) is None
    decision = alert_ended(facts, policy, last)
    assert decision is not None
    assert (decision.verdict, decision.reason) == (Verdict.CANCEL, "alert_expired")
