"""What would come of a match if its alert began now."""

from __future__ import annotations

from datetime import datetime

from ivr.accounts.account import Account
from ivr.alerts.making import make_alert
from ivr.attempts.attempt import Attempt, AttemptState
from ivr.attempts.eligibility.ask import Policies
from ivr.attempts.eligibility.facts import EligibilityFacts
from ivr.attempts.next_action import NextAttempt, next_action
from ivr.rules.alert_choice import NOTHING_CHOSEN
from ivr.rules.rule import Rule
from ivr.why.facts import WhyFacts
from ivr.why.outlook import Outlook, outlook_on_all
from ivr.why.rules import match_now


def supposed_outlook(
    rule: Rule, known: WhyFacts, account: Account, policies: Policies, now: datetime
) -> Outlook | None:
    """Return it for a rule that matches; None where the plan reaches nobody."""
    customer, book = known.customer, policies.book
    points, preferred = known.contact_points, customer.preferred_medium
    action = next_action(rule.plan, book.retry_rule_of(rule), points, (), now, None, preferred)
    if not isinstance(action, NextAttempt):
        return None
    found, today = match_now(rule, known, account, policies, now), now.astimezone(policies.time_zone).date()
    alert, point = make_alert("", rule, customer, account, found, today, now), action.contact_point
    attempt = Attempt(
        id="",
        alert_id=alert.id,
        customer_id=customer.id,
        cycle=1,
        attempt_no=1,
        step=action.step,
        medium=point.medium,
        contact_point_id=point.id,
        address=point.address,
        state=AttemptState.READY,
        due_at=action.due_at,
    )
    facts = EligibilityFacts(
        attempt=attempt,
        alert=alert,
        customer=customer,
        account=account,
        contact_point=point,
        suppressions=[
            each
            for each in known.suppressions
            if each.customer_id == customer.id or each.address == point.address
        ],
        recent_call_times=known.recent_call_times,
        open_call=None,
        holds=known.holds,
        chosen=known.choices.get(rule.name, NOTHING_CHOSEN),
    )
    return outlook_on_all(facts, (), points, known.suppressions, policies, action.due_at, now)
