"""A flow that offers to promise more than its rule allows is found before anybody is called."""

from __future__ import annotations

import json
from typing import Any

import pytest

from ivr.content_file import parse_content
from ivr.engine.check_promises import check_promises
from ivr.rules.load import load_rules
from tests.unit.flows.rehearsal import flow_of, for_anyone

CATALOGUE = for_anyone("menu", "done")
FLOW = """
menu:
  type: menu
  prompt: menu
  keys: {1: {to: done, response: promised, details: DETAILS}, 2: respond}
respond: {type: respond, response: promised, details: {within_days: 3}, next: done}
done: {type: hangup, prompt: done}
"""
RULE = """\
name: late
title: Late
topic: payments
when: {field: account.amount_due, more_than: 0}
schedule: {every: 5m}
plan: [{medium: voice, flow: test}]
retry: standard
hours: us-standard
promise: TERMS
"""


def problems(details: dict[str, Any], terms: dict[str, Any]) -> list[str]:
    file = parse_content(RULE.replace("TERMS", json.dumps(terms)), "late.yaml")
    flow = flow_of(FLOW.replace("DETAILS", json.dumps(details)), CATALOGUE)
    rules = {rule.name: rule for rule in load_rules([file])}
    return [str(problem) for problem in check_promises([file], rules, {"test": flow})]


@pytest.mark.parametrize(
    ("details", "terms"),
    [
        ({"within_days": 14}, {}),
        ({"within_days": 7}, {"most_days": 7, "least_part": "50%"}),
        ({"within_days": 7, "parts": 3}, {"most_parts": 3}),
        ({}, {"most_days": 3}),
        ({"within_days": 7}, {"least_amount": "500.00 USD"}),
    ],
)
def test_what_the_rule_allows_is_no_problem(details: dict[str, Any], terms: dict[str, Any]) -> None:
    assert problems(details, terms) == []


def test_a_day_beyond_the_rule_is_told_with_the_place_in_both_files() -> None:
    (told,) = problems({"within_days": 14}, {"most_days": 7})
    assert told == (
        "late.yaml:6: plan.0.flow: flow test promises at nodes.menu.keys.1 what the rule does not allow; "
        "allow it (promise: {most_days: 14}), or change the flow."
    )


def test_more_parts_than_the_rule_allows_are_told() -> None:
    (told,) = problems({"within_days": 7, "parts": 3}, {"most_parts": 2})
    assert "allow it (promise: {most_days: 7, most_parts: 3})" in told


def test_every_promise_of_a_flow_is_looked_at() -> None:
    assert len(problems({"within_days": 14}, {"most_days": 2})) == 2
