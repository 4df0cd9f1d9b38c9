"""A rule file is right, or every problem in it is told at its line."""

from __future__ import annotations

import pytest

from ivr.content_file import parse_content
from ivr.errors import ContentError
from ivr.rules.load import load_hours, load_rule, load_rules
from ivr.rules.rule import rule_version

RULE = """\
name: payment-overdue
title: Payment overdue
topic: payments
when: {field: account.due_on, before: today}
schedule: {every: 5m}
plan:
  - {medium: voice, flow: payment-overdue}
retry: standard
hours: us-standard
"""


def test_all_problems_of_all_files_are_told_at_once() -> None:
    bad = RULE.replace("topic: payments\n", "").replace("before: today", "befor: today")
    worse = RULE.replace("every: 5m", "every: 5").replace("voice", "sms").replace("retry:", "retries:")
    with pytest.raises(ContentError) as caught:
        load_rules([parse_content(bad, "a.yaml"), parse_content(worse, "b.yaml")])
    assert [(problem.file, problem.line, problem.field) for problem in caught.value.problems] == [
        ("a.yaml", 1, "topic"),
        ("a.yaml", 3, "when"),
        ("b.yaml", 1, "name"),
        ("b.yaml", 1, "retry"),
        ("b.yaml", 5, "schedule.every"),
        ("b.yaml", 7, "plan.0.medium"),
        ("b.yaml", 8, "retries"),
    ]
    assert "a.yaml:3: when: it needs `field` and one operator; use one of equals" in str(caught.value)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("name: payment-overdue", "name: Payment overdue", "rule.yaml:1: name:"),
        ("{every: 5m}", "{every: 0s}", "it would scan without a pause; write 1s or more"),
        ("{every: 5m}", "{}", "a schedule is either `every` or `cron`"),
        ("{every: 5m}", '{every: 5m, cron: "0 9 * * *"}', "a schedule is either `every` or `cron`"),
        ("hours: us", "ring_timeout: 3s\nhours: us", "write 5s to 2m"),
        ("hours: us", "already_paid_rest: 59m\nhours: us", "write 1h or more"),
        ("hours: us", "expires_after: 0s\nhours: us", "expire at once"),
        ("hours: us", 'dedupe: "{account.kind}"\nhours: us', "alike for different customers"),
        ("hours: us", 'dedupe: "{account.id"\nhours: us', "opens a brace and never closes it"),
        ("hours: us", 'dedupe: "{account.id.__class__}"\nhours: us', "is no field; use one of account.id"),
        ("hours: us", "caps: {per_day: 0}\nhours: us", "caps.per_day"),
        ("  - {medium: voice, flow: payment-overdue}", "  []", "the plan has 0 steps"),
    ],
)
def test_what_can_not_work_is_refused_in_a_sentence(old: str, new: str, said: str) -> None:
    with pytest.raises(ContentError) as caught:
        load_rule(parse_content(RULE.replace(old, new), "rule.yaml"))
    assert said in str(caught.value)


def test_the_version_changes_with_the_meaning_and_not_with_the_spelling() -> None:
    rule = load_rule(parse_content(RULE, "a.yaml"))
    respelled = RULE.replace("every: 5m", 'every: "300s"').replace("name:", "# a comment\nname:")
    assert rule_version(rule) == rule_version(load_rule(parse_content(respelled, "b.yaml")))
    longer = load_rule(parse_content(RULE.replace("5m", "6m"), "a.yaml"))
    assert rule_version(rule) != rule_version(longer)


def test_hours_tell_their_problems_too() -> None:
    with pytest.raises(ContentError, match=r"h.yaml:3: days.every_day: '8-21' is no part of a day"):
        load_hours([parse_content("name: h\ntitle: H\ndays: {every_day: 8-21}\n", "h.yaml")])


@pytest.mark.parametrize(
    ("number", "complaint"),
    [
        ("8005550123", "is no telephone number; write it in full"),
        ("+19005550123", "nobody could call .*: it is a premium-rate number; write a number of yours"),
    ],
)
def test_a_number_that_nobody_could_call_back_is_refused(number: str, complaint: str) -> None:
    with pytest.raises(ContentError, match=complaint):
        load_rule(parse_content(f'{RULE}call_back_number: "{number}"\n', "rule.yaml"))


def test_a_number_to_call_back_is_kept_in_e164() -> None:
    rule = load_rule(parse_content(f'{RULE}call_back_number: "+1 (800) 555-0123"\n', "rule.yaml"))
    assert rule.call_back_number == "+18005550123"
