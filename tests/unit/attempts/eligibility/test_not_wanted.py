"""Nobody is called about what they turned off."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from ivr.alerts.alert import Forwarded
from ivr.attempts.eligibility.decision import Verdict
from ivr.attempts.eligibility.facts import EligibilityFacts
from ivr.attempts.eligibility.not_wanted import not_wanted
from ivr.attempts.eligibility.policy import Policy
from ivr.rules.alert_choice import AlertChoice
from ivr.rules.customer_may import CustomerMay

OFF = AlertChoice(wanted=False)


def leaving(policy: Policy, **may: bool) -> Policy:
    terms = CustomerMay.model_validate({"named": {"en": "Overdue"}, "off": True, **may})
    return replace(policy, rule=policy.rule.model_copy(update={"customer_may": terms}))


def test_who_turned_it_off_is_not_called(facts: EligibilityFacts, policy: Policy, now: datetime) -> None:
    decision = not_wanted(replace(facts, chosen=OFF), leaving(policy), now)
    assert decision is not None
    assert (decision.verdict, decision.reason) == (Verdict.CANCEL, "not_wanted")
    assert decision.detail == "the customer chose not to hear of this alert"


def test_who_did_not_ask_for_it_is_not_called_where_that_is_needed(
    facts: EligibilityFacts, policy: Policy, now: datetime
) -> None:
    assert not_wanted(facts, leaving(policy, on_request=True), now) is not None
    asked = replace(facts, chosen=AlertChoice(wanted=True))
    assert not_wanted(asked, leaving(policy, on_request=True), now) is None


def test_others_are_called(facts: EligibilityFacts, policy: Policy, now: datetime) -> None:
    assert not_wanted(facts, leaving(policy), now) is None
    assert not_wanted(replace(facts, chosen=OFF), policy, now) is None, "the rule leaves it to nobody"


def test_what_was_passed_on_is_for_somebody_else(
    facts: EligibilityFacts, policy: Policy, now: datetime
) -> None:
    passed_on = replace(facts, alert=replace(facts.alert, forwarded=Forwarded("al-0", "p", None)), chosen=OFF)
    assert not_wanted(passed_on, leaving(policy), now) is None
