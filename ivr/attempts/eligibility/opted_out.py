"""Stage: the customer, or whoever holds the number, asked not to be called."""

from __future__ import annotations

from datetime import datetime

from ivr.attempts.eligibility.decision import Decision, Verdict
from ivr.attempts.eligibility.facts import EligibilityFacts
from ivr.attempts.eligibility.policy import Policy
from ivr.attempts.eligibility.reasons import ADDRESS_OPTED_OUT, OPTED_OUT

STAGE = "opted_out"


def opted_out(facts: EligibilityFacts, _policy: Policy, _now: datetime) -> Decision | None:
    """Cancel on any suppression of the customer or of the address that covers the alert's topic."""
    covering = [suppression for suppression in facts.suppressions if suppression.covers(facts.alert.topic)]
    for suppression in covering:
        if suppression.customer_id == facts.customer.id:
            return Decision(
                STAGE, Verdict.CANCEL, OPTED_OUT, f"the customer opted out on {suppression.since:%Y-%m-%d}"
            )
    if covering:
        detail = f"this number is not to be called since {covering[0].since:%Y-%m-%d}"
        return Decision(STAGE, Verdict.CANCEL, ADDRESS_OPTED_OUT, detail)
    return None
