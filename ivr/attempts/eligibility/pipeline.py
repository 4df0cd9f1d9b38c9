"""The stages in their order, for the three moments at which they are asked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from ivr.attempts.eligibility.alert_ended import alert_ended
from ivr.attempts.eligibility.call_in_progress import call_in_progress
from ivr.attempts.eligibility.calling_window import calling_window
from ivr.attempts.eligibility.cap import cap
from ivr.attempts.eligibility.cause_gone import cause_gone
from ivr.attempts.eligibility.chosen_time import chosen_time
from ivr.attempts.eligibility.contact_point_unusable import contact_point_unusable
from ivr.attempts.eligibility.decision import Decision, Verdict
from ivr.attempts.eligibility.deferred import deferred
from ivr.attempts.eligibility.duplicate import duplicate
from ivr.attempts.eligibility.facts import EligibilityFacts
from ivr.attempts.eligibility.hold import hold
from ivr.attempts.eligibility.never_dialled import never_dialled
from ivr.attempts.eligibility.not_allowed_yet import not_allowed_yet
from ivr.attempts.eligibility.not_wanted import not_wanted
from ivr.attempts.eligibility.opted_out import opted_out
from ivr.attempts.eligibility.policy import Policy
from ivr.attempts.eligibility.preferred_hours import preferred_hours
from ivr.attempts.eligibility.promise_open import promise_open

Stage = Callable[[EligibilityFacts, Policy, datetime], Decision | None]
"""Answers with what stands against the attempt at a moment, None when nothing does."""

CLAIM: tuple[Stage, ...] = (
    # What ends the attempt comes before what only puts it off.
    alert_ended,
    duplicate,
    opted_out,
    not_wanted,
    contact_point_unusable,
    never_dialled,
    cause_gone,
    deferred,
    hold,
    promise_open,
    not_allowed_yet,
    chosen_time,
    calling_window,
    preferred_hours,
    cap,
    call_in_progress,
)
"""All stages, with facts fresh from their source."""

ORIGINATE: tuple[Stage, ...] = tuple(stage for stage in CLAIM if stage is not cause_gone)
"""The stages that our own data answer, asked again right before `placing` is committed."""


ANSWER: tuple[Stage, ...] = (alert_ended, opted_out, not_wanted, cause_gone, deferred, hold, promise_open)
"""What can have changed while it rang: asked once more before a word about the matter is said."""


def decide(stages: Sequence[Stage], facts: EligibilityFacts, policy: Policy, now: datetime) -> Decision:
    """Return the first objection, else GO. `facts` must not count the attempt's own call yet."""
    for stage in stages:
        objection = stage(facts, policy, now)
        if objection is not None:
            return objection
    return Decision("eligible", Verdict.GO, "eligible", "nothing stands against the call")
