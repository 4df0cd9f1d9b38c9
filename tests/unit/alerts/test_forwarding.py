from dataclasses import replace
from datetime import UTC, datetime, timedelta

from ivr.accounts.contact_point import Medium
from ivr.alerts.alert import AlertState, Forwarded
from ivr.alerts.forwarding import forwarded_alert, plan_of, retry_of
from ivr.content_file import parse_content
from ivr.rules.forward_terms import ForwardTerms
from ivr.rules.load import load_rule
from ivr.rules.rule import Rule
from tests.contract.samples import alert

NOW = datetime(2026, 3, 3, 9, 0, tzinfo=UTC)
TO = Forwarded("alert1", "p9", "r1")
QUIET: Rule = load_rule(
    parse_content(
        """
name: late
title: Late
topic: payments
when: {field: account.amount_due, more_than: 0}
schedule: {every: 5m}
plan: [{medium: voice, flow: theirs}]
retry: standard
hours: us-standard
""",
        "late.yaml",
    )
)
RULE = QUIET.model_copy(update={"forward": ForwardTerms(flow="forwarded", retry="seldom")})


def test_it_is_about_the_same_matter_and_ends_with_it() -> None:
    first = replace(alert(1), cycle=3, state=AlertState.SETTLED)
    second = forwarded_alert(first, "other", TO, NOW, 7)
    same = ("rule", "topic", "customer_id", "account_id", "expires_at", "priority")
    assert [getattr(second, name) for name in same] == [getattr(first, name) for name in same]
    assert (second.state, second.cycle, second.content_version) == (AlertState.OPEN, 1, 7)
    assert (second.created_at, second.forwarded) == (NOW, TO)


def test_its_key_is_alike_for_the_same_alert_and_person_alone() -> None:
    one, again = (forwarded_alert(alert(1), name, TO, NOW + timedelta(days=1), 7) for name in ("a", "b"))
    other = forwarded_alert(alert(1), "c", replace(TO, contact_point_id="p8"), NOW, 7)
    assert one.dedupe_key == again.dedupe_key != other.dedupe_key


def test_it_is_delivered_by_a_call_with_the_flow_for_others() -> None:
    passed_on = forwarded_alert(alert(1), "a", TO, NOW, 7)
    [step] = plan_of(passed_on, RULE)
    assert (step.medium, step.flow, retry_of(passed_on, RULE)) == (Medium.VOICE, "forwarded", "seldom")
    assert plan_of(passed_on, QUIET) == (), "the rule passes nothing on any more"


def test_the_customers_own_alert_goes_by_the_rules_plan() -> None:
    assert (plan_of(alert(1), RULE), retry_of(alert(1), RULE)) == (RULE.plan, RULE.retry)
