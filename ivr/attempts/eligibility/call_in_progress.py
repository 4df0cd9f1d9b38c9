"""Stage: the customer or the number is on the telephone with us."""

from __future__ import annotations

from datetime import datetime, timedelta

from ivr.attempts.eligibility.decision import Decision, Verdict
from ivr.attempts.eligibility.facts import EligibilityFacts
from ivr.attempts.eligibility.policy import Policy

STAGE = "call_in_progress"

LOOK_AGAIN = timedelta(seconds=20)
"""A call is over in a minute or two; the look costs one row."""


def call_in_progress(facts: EligibilityFacts, _policy: Policy, now: datetime) -> Decision | None:
    """Defer a little while another attempt at the customer or the number is placing or in progress."""
    if facts.open_call in (None, facts.attempt.id):
        return None
    # The other attempt may be another customer's, of whom this one's history tells nothing.
    detail = "the customer or the number is on the telephone with us"
    return Decision(STAGE, Verdict.DEFER, "call_in_progress", detail, now + LOOK_AGAIN)
