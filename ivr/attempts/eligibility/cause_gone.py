"""Stage: what the alert is about is over: paid elsewhere, closed, put off, another customer's."""

from __future__ import annotations

from datetime import datetime

from ivr.attempts.eligibility.decision import Decision, Verdict
from ivr.attempts.eligibility.facts import EligibilityFacts
from ivr.attempts.eligibility.policy import Policy
from ivr.attempts.eligibility.reasons import CAUSE_GONE
from ivr.rules.matching import is_cause_gone, match

STAGE = "cause_gone"


def cause_gone(facts: EligibilityFacts, policy: Policy, _now: datetime) -> Decision | None:
    """Cancel when the account is no longer what the rule alerts about, or no longer the customer's."""
    if facts.account.customer_id != facts.customer.id:
        return Decision(STAGE, Verdict.CANCEL, CAUSE_GONE, "the account is another customer's by now")
    subject = (facts.customer, facts.account, policy.today, facts.chosen)
    if not is_cause_gone(policy.rule, *subject):
        return None
    return Decision(STAGE, Verdict.CANCEL, CAUSE_GONE, match(policy.rule, *subject).reason)
