"""Stage: the customer does not want to hear of what this rule alerts about."""

from __future__ import annotations

from datetime import datetime

from ivr.attempts.eligibility.decision import Decision, Verdict
from ivr.attempts.eligibility.facts import EligibilityFacts
from ivr.attempts.eligibility.policy import Policy
from ivr.attempts.eligibility.reasons import NOT_WANTED
from ivr.rules.alert_choice import is_wanted

STAGE = "not_wanted"


def not_wanted(facts: EligibilityFacts, policy: Policy, _now: datetime) -> Decision | None:
    """Cancel what the customer turned off, or has not asked for; what they passed on is for somebody else."""
    if facts.alert.forwarded is not None or is_wanted(policy.rule, facts.chosen):
        return None
    detail = "the customer chose not to hear of this alert"
    return Decision(STAGE, Verdict.CANCEL, NOT_WANTED, detail)
