"""Stage: the customer has promised to pay, and the time for it is not over."""

from __future__ import annotations

from datetime import datetime, timedelta

from ivr.attempts.eligibility.decision import Decision, Verdict
from ivr.attempts.eligibility.facts import EligibilityFacts
from ivr.attempts.eligibility.policy import Policy

STAGE = "promise_open"

LOOK_AGAIN = timedelta(minutes=5)
"""For a promise whose time is over and that nobody has judged yet: that comes before the next call."""


def promise_open(facts: EligibilityFacts, _policy: Policy, now: datetime) -> Decision | None:
    """Defer calls about the promise's topic and account until it is judged whether it was kept."""
    promise = facts.account.promise
    if promise is None or not promise.rests(facts.alert.topic) or promise.next_part is None:
        return None
    part = promise.next_part
    detail = f"the customer promised {part.amount.amount} {part.amount.currency} by {part.due_on}"
    until = max(part.review_at, now + LOOK_AGAIN)
    return Decision(STAGE, Verdict.DEFER, "promise_open", detail, until)
