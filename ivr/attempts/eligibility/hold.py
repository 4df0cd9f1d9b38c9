"""Stage: a hold on the account or the customer."""

from __future__ import annotations

from datetime import datetime, timedelta

from ivr.attempts.eligibility.decision import Decision, Verdict
from ivr.attempts.eligibility.facts import EligibilityFacts
from ivr.attempts.eligibility.policy import Policy

STAGE = "hold"

LOOK_AGAIN = timedelta(hours=1)
"""For a hold that lasts until somebody lifts it."""


def hold(facts: EligibilityFacts, _policy: Policy, now: datetime) -> Decision | None:
    """Defer until the hold that lasts longest is over."""
    holds = [each for each in facts.holds if each.covers(facts.account.id, facts.alert.topic, now)]
    if not holds:
        return None
    longest = max(holds, key=lambda each: (each.until is None, each.until or each.since))
    detail = f"{longest.kind.sentence}, since {longest.since:%Y-%m-%d}"
    return Decision(STAGE, Verdict.DEFER, f"hold_{longest.kind}", detail, longest.until or now + LOOK_AGAIN)
