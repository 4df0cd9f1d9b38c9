"""Nobody is called about what is over."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from ivr.attempts.eligibility.cause_gone import cause_gone
from ivr.attempts.eligibility.decision import Verdict
from ivr.attempts.eligibility.facts import EligibilityFacts
from ivr.attempts.eligibility.policy import Policy
from ivr.money import Money


def test_an_account_that_is_still_overdue_goes_on(
    facts: EligibilityFacts, policy: Policy, now: datetime
) -> None:
    assert cause_gone(facts, policy, now) is None


def test_what_was_paid_elsewhere_is_cancelled_with_its_reason(
    facts: EligibilityFacts, policy: Policy, now: datetime
) -> None:
    paid = replace(facts.account, amount_due=Money(0, "USD"))
    decision = cause_gone(replace(facts, account=paid), policy, now)
    assert decision is not None
    assert (decision.verdict, decision.reason) == (Verdict.CANCEL, "cause_gone")
    assert decision.detail == "the amount due is 0.00 USD, not more than 0"


def test_nobody_is_called_about_an_account_that_is_another_customers_by_now(
    facts: EligibilityFacts, policy: Policy, now: datetime
) -> None:
    moved = replace(facts.account, customer_id="somebody else")
    decision = cause_gone(replace(facts, account=moved), policy, now)
    assert decision is not None
    assert (decision.verdict, decision.reason) == (Verdict.CANCEL, "cause_gone")


def test_a_later_due_date_is_judged_on_the_policys_day(
    facts: EligibilityFacts, policy: Policy, now: datetime
) -> None:
    assert facts.account.due_on is not None
    assert cause_gone(facts, replace(policy, today=facts.account.due_on), now) is not None
