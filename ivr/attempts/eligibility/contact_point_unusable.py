"""Stage: the contact point turned out to be somebody else's, or nobody's."""

from __future__ import annotations

from datetime import datetime

from ivr.attempts.eligibility.decision import Decision, Verdict
from ivr.attempts.eligibility.facts import EligibilityFacts
from ivr.attempts.eligibility.policy import Policy
from ivr.attempts.eligibility.reasons import CONTACT_POINT_UNUSABLE

STAGE = "contact_point_unusable"


def contact_point_unusable(facts: EligibilityFacts, _policy: Policy, _now: datetime) -> Decision | None:
    """Cancel when the contact point is marked unusable."""
    if facts.contact_point.usable:
        return None
    return Decision(STAGE, Verdict.CANCEL, CONTACT_POINT_UNUSABLE, "the number is not this customer's")
