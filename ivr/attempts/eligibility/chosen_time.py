"""Stage: the time of day at which the customer wants to hear of this rule's alerts."""

from __future__ import annotations

from datetime import datetime

from ivr.attempts.callback import next_time_of_day
from ivr.attempts.eligibility.decision import Decision, Verdict
from ivr.attempts.eligibility.facts import EligibilityFacts
from ivr.attempts.eligibility.policy import Policy
from ivr.attempts.eligibility.zones import clocks_of
from ivr.rules.alert_choice import chosen_time as time_chosen

STAGE = "chosen_time"


def chosen_time(facts: EligibilityFacts, policy: Policy, now: datetime) -> Decision | None:
    """Defer an alert until the customer's clock has shown that time since it began.

    What follows a first try is for the retry rule. Nobody waits for a clock that we don't know, and a moment
    that the customer named themselves goes before.
    """
    at, alert = time_chosen(policy.rule, facts.chosen), facts.alert
    if at is None or alert.forwarded is not None or alert.deferred_until == facts.attempt.due_at:
        return None
    until = next_time_of_day(alert.created_at, at, clocks_of(facts))
    if until is None or until <= now:
        return None
    detail = f"the customer chose {at:%H:%M} for it"
    return Decision(STAGE, Verdict.DEFER, "before_chosen_time", detail, until)
