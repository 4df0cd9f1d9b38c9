"""A rule whose calls could never be recorded is refused, and it is said why."""

from __future__ import annotations

import pytest

from ivr.content_file import parse_content
from ivr.engine.check_recording import check_recording
from ivr.flows.lint.flow_set import flow_set
from ivr.flows.load_flow import load_flow
from ivr.rules.load import load_rules
from tests.unit.flows.lint.linting import shipped_profiles
from tests.unit.flows.rehearsal import for_anyone

CATALOGUE = for_anyone("done", "notice")
RULE = """\
name: late
title: Late
topic: payments
when: {field: account.amount_due, more_than: 0}
schedule: {every: 5m}
plan: [{medium: voice, flow: talk}]
retry: standard
hours: us-standard
"""
RECORD = "record: {keep: 90d}"
FLOW = """\
name: talk
start: done
sorry: sorry
goodbye: bye
HEAD
nodes:
  done: {type: hangup, prompt: done}
"""
WANTS_IT_SAID = "profile: us-general"
SAYS_IT = f"{WANTS_IT_SAID}\nsegments: {{recording: notice}}"


def problems(record: str, head: str) -> list[str]:
    file, rule = (
        parse_content(FLOW.replace("HEAD", head), "talk.yaml"),
        parse_content(RULE + record, "late.yaml"),
    )
    profiles = shipped_profiles()
    flow = load_flow(file, CATALOGUE, profiles, flow_set((file,), CATALOGUE, profiles))
    rules = {each.name: each for each in load_rules([rule])}
    return [str(problem) for problem in check_recording([rule], rules, {flow.name: flow}, profiles)]


def test_where_the_profile_wants_it_said_and_the_flow_does_not() -> None:
    [problem] = problems(RECORD, WANTS_IT_SAID)
    assert problem.startswith("late.yaml:6: plan.0.flow: the rule records its calls, and the flow 'talk'")
    assert "`segments: recording`" in problem


@pytest.mark.parametrize(("record", "head"), [(RECORD, SAYS_IT), (RECORD, ""), ("", WANTS_IT_SAID)])
def test_a_rule_that_records_what_it_may_is_no_matter(record: str, head: str) -> None:
    assert problems(record, head) == []
