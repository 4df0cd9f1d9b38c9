"""The page on flows shows flows and nodes that can be used, and names everything that one can write."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any, get_args

import pytest
from pydantic import BaseModel, TypeAdapter

from ivr.accounts.contact_point import Medium
from ivr.alerts.alert import Alert
from ivr.attempts.attempt import Attempt, AttemptState
from ivr.attempts.eligibility.facts import EligibilityFacts
from ivr.content_file import parse_content
from ivr.engine.check_factor import MOST_FAILURES, WINDOW
from ivr.engine.content import Company
from ivr.engine.ports import CustomerRecord
from ivr.engine.session_variables import flow_variables
from ivr.errors import Problem
from ivr.flows.factor import DEFAULT_ORDER, Factor
from ivr.flows.flow import FlowFile
from ivr.flows.lint.checks import ERRORS, ERRORS_ACROSS, WARNINGS
from ivr.flows.lint.finding import Check, Finding
from ivr.flows.lint.lint_flow import unreadable
from ivr.flows.load_flow import load_flow
from ivr.flows.manners import Direction, Limits, default_manners
from ivr.flows.node import Node
from ivr.flows.nodes.base import BaseNode
from ivr.flows.sample_variables import GIVEN
from ivr.phone_number import PhoneNumber
from ivr.prompts.load_catalogue import load_catalogue
from ivr.rules.promise_terms import PromiseTerms
from ivr.sources.csv_file import read_customers
from tests.unit.docs.pages import DOCS, ROOT, blocks, page, section, table_rows

PAGE = page("flows.md")
NODE_TYPES: tuple[type[BaseNode], ...] = get_args(get_args(Node)[0])


def kind_of(node_type: type[BaseNode]) -> str:
    (kind,) = get_args(node_type.model_fields["type"].annotation)
    return str(kind)


def default_of(model: BaseModel, name: str) -> str:
    value = getattr(model, name)
    return f"{value:g}"


def test_the_whole_flow_can_be_used_with_the_shipped_prompts() -> None:
    prompts = sorted((ROOT / "prompts/en").glob("*.yaml"))
    catalogue = load_catalogue([parse_content(p.read_text("utf-8"), str(p)) for p in prompts], [])
    (example,) = blocks(section(PAGE, "## A whole flow"), "yaml")
    assert load_flow(parse_content(example, "flows.md"), catalogue).nodes


def test_every_key_of_a_flow_is_explained() -> None:
    rows = [row[0].strip("`") for row in table_rows(section(PAGE, "## A whole flow"))]
    manners = default_manners(Direction.OUTBOUND)
    assert rows == [*FlowFile.model_fields, *type(manners).model_fields, *Limits.model_fields]


def test_manners_and_limits_have_the_defaults_that_are_told() -> None:
    told = {row[0].strip("`"): row[1] for row in table_rows(section(PAGE, "## A whole flow"))}
    outbound, inbound = (default_manners(direction) for direction in Direction)
    assert told["first_key"] == f"{outbound.first_key:g} (inbound {inbound.first_key:g})"
    for name in ("between_keys", "silences", "attempts", "screener", "opening", "before_choice"):
        assert told[name] == default_of(outbound, name)
    for name in ("terminator", "restart"):
        assert told[name].strip("`") == getattr(outbound, name)
    for name in Limits.model_fields:
        assert told[name] == default_of(Limits(), name)


@pytest.mark.parametrize("node_type", NODE_TYPES, ids=kind_of)
def test_every_node_type_has_the_example_of_its_model(node_type: type[BaseNode]) -> None:
    schema: Any = node_type.model_json_schema(by_alias=True)
    (example,) = blocks(section(PAGE, f"### {kind_of(node_type)}"), "yaml")
    node: Any = TypeAdapter(Node).validate_python(parse_content(example, "flows.md").data)
    assert node == node_type.model_validate(schema["example"])


def test_no_node_type_is_made_up() -> None:
    headings = [line.removeprefix("### ") for line in PAGE.splitlines() if line.startswith("### ")]
    assert sorted(headings) == sorted(kind_of(node_type) for node_type in NODE_TYPES)


def test_every_finding_of_the_linter_is_explained() -> None:
    told = [tuple(row[:3]) for row in table_rows(section(PAGE, "## Findings"))]
    (unread,) = unreadable([Problem("x.yaml", None, "", "", "")])
    every: tuple[Finding | Check, ...] = (unread, *ERRORS, *ERRORS_ACROSS, *WARNINGS)
    assert told == [(each.code, each.severity.value, each.title) for each in every]


def maria() -> CustomerRecord:
    return read_customers(DOCS / "examples" / "customers.csv").records[0]


def facts() -> EligibilityFacts:
    now, record = datetime(2026, 3, 4, tzinfo=UTC), maria()
    (customer, account, point) = (record.customer, record.accounts[0], record.contact_points[0])
    alert = Alert("al", "r", "1", "payments", customer.id, account.id, "key", {}, 0, now, now)
    attempt = Attempt(
        "at", "al", customer.id, 1, 1, 0, Medium.VOICE, point.id, point.address, AttemptState.READY, now
    )
    return EligibilityFacts(attempt, alert, customer, account, point, (), (), None)


def test_the_variables_are_those_that_a_call_has() -> None:
    told = [row[0].strip("`") for row in table_rows(section(PAGE, "## What a flow can speak of"))]
    company = Company("Sample Bank", PhoneNumber("+12025550100"))
    given = flow_variables(
        company,
        facts(),
        maria().payment_methods,
        [Factor.BIRTH_DATE],
        PromiseTerms(),
        date(2026, 3, 4),
    )
    assert told == [
        f"{name}.{part}" if part else name
        for name, value in given.items()
        for part in (value if isinstance(value, dict) else [""])
    ]
    assert GIVEN.issuperset((*told, *given)), "the player's and the linter's sample customer has them, too"


def test_the_limit_of_tries_is_the_one_that_is_told() -> None:
    assert (5, timedelta(hours=24)) == (MOST_FAILURES, WINDOW)
    assert "five wrong ones in 24 hours" in section(PAGE, "### verify_factor")
    assert "Five wrong" in section(page("operations.md"), "## Locked customers")


def test_every_factor_is_explained() -> None:
    told = [row[0].strip("`") for row in table_rows(section(PAGE, "### verify_factor"))]
    assert told == [factor.value for factor in DEFAULT_ORDER]
