"""Stage: the attempt belongs to a run of the plan that a newer one has replaced."""

from __future__ import annotations

from datetime import datetime

from ivr.attempts.eligibility.decision import Decision, Verdict
from ivr.attempts.eligibility.facts import EligibilityFacts
from ivr.attempts.eligibility.policy import Policy

STAGE = "duplicate"


def duplicate(facts: EligibilityFacts, _policy: Policy, _now: datetime) -> Decision | None:
    """Cancel an attempt of an older cycle: the newer one calls for the same reason."""
    if facts.attempt.cycle < facts.alert.cycle:
        detail = f"it belongs to run {facts.attempt.cycle} of the plan, which is in run {facts.alert.cycle}"
        return Decision(STAGE, Verdict.CANCEL, "older_cycle", detail)
    return None
