"""Stage: the alert is over, so that nobody needs to be called about it."""

from __future__ import annotations

from datetime import datetime

from ivr.alerts.alert import AlertState
from ivr.attempts.eligibility.decision import Decision, Verdict
from ivr.attempts.eligibility.facts import EligibilityFacts
from ivr.attempts.eligibility.policy import Policy

STAGE = "alert_ended"


def alert_ended(facts: EligibilityFacts, _policy: Policy, now: datetime) -> Decision | None:
    """Cancel when the alert is settled, cleared, exhausted or expired."""
    alert = facts.alert
    if alert.state is not AlertState.OPEN:
        return Decision(STAGE, Verdict.CANCEL, f"alert_{alert.state}", f"the alert is {alert.state}")
    if now >= alert.expires_at:
        detail = f"the alert was of use until {alert.expires_at:%Y-%m-%d %H:%M} UTC"
        return Decision(STAGE, Verdict.CANCEL, "alert_expired", detail)
    return None
