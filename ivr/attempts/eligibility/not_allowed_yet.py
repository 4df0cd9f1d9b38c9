"""Stage: nothing is dialled that nobody allowed."""

from __future__ import annotations

from datetime import datetime, timedelta

from ivr.attempts.eligibility.decision import Decision, Verdict
from ivr.attempts.eligibility.facts import EligibilityFacts
from ivr.attempts.eligibility.policy import Policy

STAGE = "not_allowed_yet"

LOOK_AGAIN = timedelta(minutes=15)
"""Short enough that going live is felt at once, long enough that a waiting book costs nothing."""


def not_allowed_yet(facts: EligibilityFacts, policy: Policy, now: datetime) -> Decision | None:
    """Defer until the number is listed, or the installation is live and allows its prefix."""
    permission = policy.permission
    if permission.allows(facts.attempt.address):
        return None
    if permission.is_live:
        return Decision(
            STAGE, Verdict.DEFER, "prefix_not_allowed", "no allowed prefix fits the number", now + LOOK_AGAIN
        )
    detail = "the installation is not live, and the number is not listed"
    return Decision(STAGE, Verdict.DEFER, "not_live", detail, now + LOOK_AGAIN)
