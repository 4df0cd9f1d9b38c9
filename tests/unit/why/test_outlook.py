"""The moment that is told is the first at which the dispatcher would say yes."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from ivr.accounts.hold import Hold, HoldKind
from ivr.attempts.eligibility.ask import ask
from ivr.attempts.eligibility.decision import Verdict
from ivr.attempts.eligibility.facts import EligibilityFacts
from ivr.attempts.eligibility.pipeline import CLAIM
from ivr.calling_hours import CallingHours, Window
from ivr.why.outlook import outlook
from tests.unit.why.cases import ACCOUNT, ALERT, BOOK, CUSTOMER, HOURS, NOW, POINT, POLICIES, tried

HALF_AN_HOUR = timedelta(minutes=30)
MOMENTS = st.integers(0, 5 * 48).map(lambda count: NOW + count * HALF_AN_HOUR)
MORNINGS = CallingHours.model_validate(
    {"name": HOURS.name, "title": "mornings", "days": {"every_day": "08:00-12:00", "sun": "closed"}}
)


@st.composite
def waiting_facts(draw: st.DrawFn) -> EligibilityFacts:
    """Draw what stands against a try that will pass by itself."""
    wanted = draw(st.sampled_from([None, Window(9 * 60, 11 * 60), Window(18 * 60, 20 * 60)]))
    until = draw(st.none() | MOMENTS)
    hold = Hold("h", HoldKind.ALREADY_PAID, "C1", "A1", None, NOW, until, "customer")
    calls = draw(st.lists(st.integers(1, 60), max_size=4))
    return EligibilityFacts(
        attempt=tried(),
        alert=replace(ALERT, deferred_until=draw(st.none() | MOMENTS)),
        customer=replace(CUSTOMER, preferred_hours=wanted),
        account=ACCOUNT,
        contact_point=POINT,
        suppressions=(),
        recent_call_times=sorted(NOW - timedelta(hours=hours) for hours in calls),
        open_call=draw(st.sampled_from([None, "at-of-another-customer"])),
        holds=[] if until is None else [hold],
    )


@settings(deadline=None)
@given(facts=waiting_facts(), start=MOMENTS, hours=st.sampled_from([HOURS, MORNINGS]))
def test_it_is_the_first_moment_at_which_the_stages_say_yes(
    facts: EligibilityFacts, start: datetime, hours: CallingHours
) -> None:
    policies = replace(POLICIES, book=replace(BOOK, hours={HOURS.name: hours}))
    found = outlook(facts, policies, start, NOW)
    later = replace(facts, open_call=None)
    if found.at is None:
        # Hours that never meet, or an alert whose time is over before they do.
        assert hours is MORNINGS or found.decision.reason == "alert_expired"
        assert found.decision.verdict is not Verdict.GO
        until = ALERT.expires_at
    else:
        assert ask(CLAIM, facts if found.at == NOW else later, policies, found.at).verdict is Verdict.GO
        until = found.at
    moment = start
    while moment < until:
        assert ask(CLAIM, facts if moment == NOW else later, policies, moment).verdict is not Verdict.GO
        moment += HALF_AN_HOUR
