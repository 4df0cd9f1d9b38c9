"""Nobody is called while a hold is on the account or the customer."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from ivr.accounts.hold import Hold, HoldKind
from ivr.attempts.eligibility.decision import Verdict
from ivr.attempts.eligibility.facts import EligibilityFacts
from ivr.attempts.eligibility.hold import LOOK_AGAIN, hold
from ivr.attempts.eligibility.policy import Policy

DAY = timedelta(days=1)


def a_hold(now: datetime, kind: HoldKind = HoldKind.DISPUTED, until: datetime | None = None) -> Hold:
    return Hold("h", kind, "C1", "A1", "payments", now - DAY, until, "customer")


def test_without_a_hold_it_goes_on(facts: EligibilityFacts, policy: Policy, now: datetime) -> None:
    assert hold(facts, policy, now) is None


def test_a_hold_that_somebody_must_lift_is_looked_at_again(
    facts: EligibilityFacts, policy: Policy, now: datetime
) -> None:
    decision = hold(replace(facts, holds=[a_hold(now)]), policy, now)
    assert decision is not None
    assert (decision.verdict, decision.reason) == (Verdict.DEFER, "hold_disputed")
    assert decision.detail == "the customer disputes it, since 2025-01-09"
    assert decision.until == now + LOOK_AGAIN


def test_a_hold_for_a_time_puts_the_call_off_until_then(
    facts: EligibilityFacts, policy: Policy, now: datetime
) -> None:
    given = replace(facts, holds=[a_hold(now, HoldKind.ALREADY_PAID, now + 5 * DAY)])
    decision = hold(given, policy, now)
    assert decision is not None
    assert (decision.reason, decision.until) == ("hold_already_paid", now + 5 * DAY)
    assert hold(given, policy, now + 5 * DAY) is None


def test_of_several_the_longest_is_told(facts: EligibilityFacts, policy: Policy, now: datetime) -> None:
    paid = a_hold(now, HoldKind.ALREADY_PAID, now + 5 * DAY)
    longer = a_hold(now, HoldKind.ALREADY_PAID, now + 9 * DAY)
    decision = hold(replace(facts, holds=[longer, paid]), policy, now)
    assert decision is not None
    assert decision.until == now + 9 * DAY
    decision = hold(replace(facts, holds=[a_hold(now, HoldKind.BANKRUPT), longer]), policy, now)
    assert decision is not None
    assert decision.reason == "hold_bankrupt"


def test_a_hold_on_another_account_or_topic_is_not_concerned(
    facts: EligibilityFacts, policy: Policy, now: datetime
) -> None:
    others = [replace(a_hold(now), account_id="A2"), replace(a_hold(now), topic="orders")]
    assert hold(replace(facts, holds=others), policy, now) is None
