"""Stage: the customer has been called as often as they may be."""

from __future__ import annotations

from datetime import datetime

from ivr.attempts.eligibility.decision import Decision, Verdict
from ivr.attempts.eligibility.facts import EligibilityFacts
from ivr.attempts.eligibility.policy import Policy

STAGE = "cap"


def cap(facts: EligibilityFacts, policy: Policy, now: datetime) -> Decision | None:
    """Defer until enough calls have left every window whose cap is reached."""
    full = []
    for name, length, most in policy.rule.caps.buckets():
        calls = sorted(at for at in facts.recent_call_times if at > now - length)
        if len(calls) >= most:
            # Once the oldest of the last `most` calls has left the window, one more fits in.
            full.append((calls[-most] + length, name, len(calls)))
    if not full:
        return None
    until, name, count = max(full)
    detail = f"{count} calls within the cap {name.replace('_', ' ')}"
    return Decision(STAGE, Verdict.DEFER, f"cap_{name}", detail, until)
