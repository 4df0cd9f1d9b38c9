"""A rule that may not pass its alerts on, or to the wrong flow, is refused before anybody is called."""

from __future__ import annotations

from typing import Any

import pytest

from ivr.content_file import parse_content
from ivr.engine.check_forwarding import check_forwarding
from ivr.flows.flow import Flow
from ivr.flows.lint.flow_set import flow_set
from ivr.flows.load_flow import load_flow
from ivr.rules.load import load_rules
from tests.unit.flows.lint.linting import shipped_profiles
from tests.unit.flows.rehearsal import for_anyone

CATALOGUE = for_anyone("ask", "right", "done")
RULE = """\
name: late
title: Late
topic: payments
when: {field: account.amount_due, more_than: 0}
schedule: {every: 5m}
plan: [{medium: voice, flow: FLOW}]
retry: standard
hours: us-standard
FORWARD
"""
TO_THEM = "forward: {flow: theirs, retry: standard}"
DONE = "done: {type: hangup, prompt: done}"
FORWARD_NODE = (
    "{type: forward, number: {prompt: ask, read_back: right}, done: done, refused: done, failed: done}"
)


def flow(name: str, head: str, nodes: dict[str, str]) -> Flow:
    """Return a flow of nodes, the first of them its start."""
    written = "\n".join(f"  {node}: {text}" for node, text in nodes.items())
    start = next(iter(nodes))
    text = f"name: {name}\nstart: {start}\nsorry: sorry\ngoodbye: bye\n{head}\nnodes:\n{written}\n"
    file, profiles = parse_content(text, f"{name}.yaml"), shipped_profiles()
    return load_flow(file, CATALOGUE, profiles, flow_set((file,), CATALOGUE, profiles))


def flows() -> dict[str, Flow]:
    done: dict[str, str] = {"done": "{type: hangup, prompt: done}"}
    held = {name: flow(name, f"profile: {name}", done) for name in ("agreed-contacts", "us-debt-collection")}
    return {
        **held,
        "held-to-nothing": flow("held-to-nothing", "", done),
        "theirs": flow("theirs", "listener: third_party", done),
        "passes-on": flow("passes-on", "profile: agreed-contacts", {"ask": FORWARD_NODE, **done}),
    }


def problems(flow_name: str, forward: str = "") -> list[Any]:
    file = parse_content(RULE.replace("FLOW", flow_name).replace("FORWARD", forward), "late.yaml")
    rules = {rule.name: rule for rule in load_rules([file])}
    return [str(problem) for problem in check_forwarding([file], rules, flows(), shipped_profiles())]


@pytest.mark.parametrize("flow_name", ["agreed-contacts", "passes-on"])
def test_a_rule_whose_profile_allows_it_is_no_problem(flow_name: str) -> None:
    assert problems(flow_name, TO_THEM) == []


@pytest.mark.parametrize("flow_name", ["agreed-contacts", "us-debt-collection", "held-to-nothing"])
def test_a_rule_that_passes_nothing_on_is_no_problem(flow_name: str) -> None:
    assert problems(flow_name) == []


def test_a_debt_is_never_passed_on_and_the_line_is_told() -> None:
    (told,) = problems("us-debt-collection", TO_THEM)
    assert told == (
        "late.yaml:9: forward: the flow 'us-debt-collection' is held to us-debt-collection "
        "(15 U.S.C. 1692c(b), 12 CFR 1006.6(d)(1)): its alerts are never passed on; remove `forward:`."
    )


def test_no_profile_allows_nothing() -> None:
    (told,) = problems("held-to-nothing", TO_THEM)
    assert "is held to no compliance profile: its alerts are never passed on" in told


def test_a_flow_for_customers_is_for_nobody_else() -> None:
    (told,) = problems("agreed-contacts", "forward: {flow: agreed-contacts, retry: standard}")
    assert told.startswith("late.yaml:9: forward.flow: the flow 'agreed-contacts' is for customers")


def test_a_flow_for_others_is_no_flow_for_customers() -> None:
    (told,) = problems("theirs")
    assert "plan.0.flow: the flow 'theirs' is for people to whom an alert was passed on" in told


def test_a_flow_that_passes_on_needs_a_rule_that_says_how() -> None:
    (told,) = problems("passes-on")
    assert "the flow 'passes-on' passes alerts on, and the rule does not say how; add `forward:`" in told
