"""Stage: calling hours, on the clock of every zone that the person might be in."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta, tzinfo

from ivr.attempts.eligibility.decision import Decision, Verdict
from ivr.attempts.eligibility.facts import EligibilityFacts
from ivr.attempts.eligibility.policy import Policy
from ivr.attempts.eligibility.zones import zone_names
from ivr.calling_hours import time_zone

STAGE = "calling_window"

LOOK_AGAIN = timedelta(days=1)
"""For a person whose clock nobody knows: the data may be mended by then."""


def calling_window(facts: EligibilityFacts, policy: Policy, now: datetime) -> Decision | None:
    """Defer to the next moment at which the hours are open in all zones.

    The zones are that of the address and all those of the number. An unknown or misspelt one fails closed.
    """
    if policy.hours.is_always_open:
        return None
    names = zone_names(facts)
    zones = [zone for name in names if (zone := time_zone(name)) is not None]
    if not names or len(zones) < len(names):
        wrong = f"nobody knows the time zone {_unknown(names)!r}" if names else "the time zone is unknown"
        return Decision(STAGE, Verdict.DEFER, "unknown_time_zone", wrong, now + LOOK_AGAIN)
    if policy.hours.is_open(now, zones):
        return None
    opens = policy.hours.next_open(now, zones)
    if opens is None:
        detail = f"{policy.hours.title} is never open in {', '.join(names)} at once"
        return Decision(STAGE, Verdict.DEFER, "never_open", detail, now + LOOK_AGAIN)
    return Decision(STAGE, Verdict.DEFER, "outside_calling_hours", _told(policy, zones, names, now), opens)


def _unknown(names: Sequence[str]) -> str:
    return next(name for name in names if time_zone(name) is None)


def _told(policy: Policy, zones: Sequence[tzinfo], names: Sequence[str], now: datetime) -> str:
    closed = [
        (zone, name)
        for zone, name in zip(zones, names, strict=True)
        if not policy.hours.is_open(now, (zone,))
    ]
    zone, name = closed[0]
    return f"it is {now.astimezone(zone):%A %H:%M} in {name}, outside {policy.hours.title}"
