"""Stage: the customer has put the matter off, on whatever medium they said so."""

from __future__ import annotations

from datetime import datetime

from ivr.attempts.eligibility.decision import Decision, Verdict
from ivr.attempts.eligibility.facts import EligibilityFacts
from ivr.attempts.eligibility.policy import Policy

STAGE = "deferred"


def deferred(facts: EligibilityFacts, _policy: Policy, now: datetime) -> Decision | None:
    """Defer to the moment that the customer named."""
    until = facts.alert.deferred_until
    if until is None or until <= now:
        return None
    detail = f"the customer wants to hear of it at {until:%Y-%m-%d %H:%M} UTC"
    return Decision(STAGE, Verdict.DEFER, "asked_to_call_later", detail, until)
