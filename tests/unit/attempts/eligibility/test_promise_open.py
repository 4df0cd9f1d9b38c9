"""Reminders rest until a promise's time is over."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

from ivr.accounts.promise import Part, PartState, Promise, PromiseState
from ivr.attempts.eligibility.decision import Decision, Verdict
from ivr.attempts.eligibility.facts import EligibilityFacts
from ivr.attempts.eligibility.policy import Policy
from ivr.attempts.eligibility.promise_open import LOOK_AGAIN, promise_open
from ivr.money import Money

WEEK = timedelta(days=7)


def promised(facts: EligibilityFacts, now: datetime, topic: str | None = "payments") -> EligibilityFacts:
    """Return the facts with a promise in two parts, of which the first is due in a week."""
    parts = (
        Part(Money(60, "USD"), date(2025, 1, 17), now + WEEK),
        Part(Money(40, "USD"), date(2025, 1, 24), now + 2 * WEEK),
    )
    promise = Promise("pr", "A1", "C1", "al-0", topic, "o", now, Money(100, "USD"), parts)
    return replace(facts, account=replace(facts.account, promise=promise))


def decided(facts: EligibilityFacts, policy: Policy, now: datetime) -> Decision:
    decision = promise_open(facts, policy, now)
    assert decision is not None
    return decision


def test_without_a_promise_it_goes_on(facts: EligibilityFacts, policy: Policy, now: datetime) -> None:
    assert promise_open(facts, policy, now) is None


def test_an_open_promise_puts_the_call_off_until_it_is_judged(
    facts: EligibilityFacts, policy: Policy, now: datetime
) -> None:
    decision = decided(promised(facts, now), policy, now)
    assert (decision.verdict, decision.reason, decision.until) == (
        Verdict.DEFER,
        "promise_open",
        now + WEEK,
    )
    assert decision.detail == "the customer promised 0.60 USD by 2025-01-17"


def test_after_its_time_the_judgement_still_comes_first(
    facts: EligibilityFacts, policy: Policy, now: datetime
) -> None:
    late = now + WEEK + timedelta(seconds=1)
    assert decided(promised(facts, now), policy, late).until == late + LOOK_AGAIN


def test_when_one_part_was_kept_the_next_is_waited_for(
    facts: EligibilityFacts, policy: Policy, now: datetime
) -> None:
    given = promised(facts, now)
    promise = given.account.promise
    assert promise is not None
    parts = (replace(promise.parts[0], state=PartState.KEPT), promise.parts[1])
    given = replace(given, account=replace(given.account, promise=replace(promise, parts=parts)))
    assert decided(given, policy, now).until == now + 2 * WEEK


def test_calls_about_another_topic_are_not_concerned(
    facts: EligibilityFacts, policy: Policy, now: datetime
) -> None:
    assert promise_open(promised(facts, now, "fraud"), policy, now) is None
    assert promise_open(promised(facts, now, None), policy, now) is not None


def test_a_promise_that_is_over_holds_nothing_up(
    facts: EligibilityFacts, policy: Policy, now: datetime
) -> None:
    given = promised(facts, now)
    promise = given.account.promise
    assert promise is not None
    for state in (PromiseState.KEPT, PromiseState.BROKEN, PromiseState.SUPERSEDED):
        over = replace(given.account, promise=replace(promise, state=state))
        assert promise_open(replace(given, account=over), policy, now) is None
