"""Stage: the hours in which the customer wants to be called."""

from __future__ import annotations

from datetime import datetime

from ivr.accounts.contact_point import Medium
from ivr.attempts.eligibility.decision import Decision, Verdict
from ivr.attempts.eligibility.facts import EligibilityFacts
from ivr.attempts.eligibility.policy import Policy
from ivr.attempts.eligibility.zones import zone_names
from ivr.calling_hours import CallingHours, time_zone
from ivr.rules.alert_choice import chosen_time as time_chosen

STAGE = "preferred_hours"


def preferred_hours(facts: EligibilityFacts, policy: Policy, now: datetime) -> Decision | None:
    """Defer a call to the next moment that the customer likes, on every clock that may be theirs.

    A moment that they named themselves goes before, and so does a time that they chose for just these alerts,
    which is that of the first try. What nobody knows the clock of is for `calling_window`.
    """
    wanted, attempt = facts.customer.preferred_hours, facts.attempt
    is_first_try = (attempt.cycle, attempt.attempt_no) == (1, 1)
    if is_first_try and time_chosen(policy.rule, facts.chosen) is not None:
        return None
    if wanted is None or attempt.medium is not Medium.VOICE or facts.alert.deferred_until == attempt.due_at:
        return None
    hours = CallingHours(name="preferred", title="preferred", days={"every_day": (wanted,)})
    zones = [zone for name in zone_names(facts) if (zone := time_zone(name)) is not None]
    if not zones or hours.is_open(now, zones):
        return None
    detail = f"the customer wants to be called between {str(wanted).replace('-', ' and ')}"
    return Decision(STAGE, Verdict.DEFER, "outside_preferred_hours", detail, hours.next_open(now, zones))
