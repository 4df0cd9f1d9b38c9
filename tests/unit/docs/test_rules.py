"""The page on rules shows rules that can be used, and every word that a rule may use."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from ivr.attempts.eligibility.pipeline import CLAIM
from ivr.attempts.ending import Ending
from ivr.attempts.retry_rule import RetryRule
from ivr.attempts.rule_book import load_rule_book
from ivr.calling_hours import CallingHours
from ivr.content_file import ContentFile, parse_content
from ivr.rules.condition import OPERATORS, comparisons
from ivr.rules.confirm_terms import ConfirmTerms
from ivr.rules.customer_may import CustomerMay
from ivr.rules.fields import Field, FieldKind
from ivr.rules.promise_terms import PromiseTerms
from ivr.rules.rule import Rule
from ivr.store.tables.metadata import metadata
from tests.unit.docs.pages import ROOT, blocks, code_spans, page, section, table_rows

PAGE = page("rules.md")


def all_examples() -> list[tuple[str, ContentFile]]:
    """Return the examples with what they are: a whole rule is told from a condition by its plan."""
    contents = [parse_content(text, "rules.md") for text in blocks(PAGE, "yaml")]
    keys = ("plan", "retry", "days", "when", "promise", "confirm")
    return [(next(key for key in keys if key in content.data), content) for content in contents]


def examples() -> dict[str, ContentFile]:
    """Return an example of each kind."""
    return dict(all_examples())


def shipped(folder: str) -> list[ContentFile]:
    paths = sorted(Path(ROOT / folder).glob("*.yaml"))
    return [parse_content(path.read_text("utf-8"), str(path)) for path in paths]


def first_column(heading: str) -> list[str]:
    return [row[0].strip("`") for row in table_rows(section(PAGE, heading))]


def test_the_examples_can_be_used_beside_what_is_shipped() -> None:
    found = examples()
    retry_rules = [found["retry"], *shipped("alert_rules/retry")]
    hours = [found["days"], *shipped("alert_rules/hours")]
    rules = [content for kind, content in all_examples() if kind == "plan"]
    book = load_rule_book(rules, retry_rules, hours, {"payment-overdue", "low-balance"})
    assert (len(book.rules), len(book.retry_rules), len(book.hours)) == (3, len(retry_rules), len(hours))


def test_every_example_is_one_of_the_six_kinds() -> None:
    assert sorted(examples()) == ["confirm", "days", "plan", "promise", "retry", "when"]
    assert len(all_examples()) == 8


def test_the_example_of_a_condition_can_be_used() -> None:
    found = examples()
    rule: dict[str, Any] = {**found["plan"].data, "when": found["when"].data["when"]}
    assert len(list(comparisons(Rule.model_validate(rule).when))) == 5


def test_every_key_of_a_rule_is_explained() -> None:
    assert first_column("## An alert rule") == list(Rule.model_fields)


def test_every_key_of_the_terms_of_a_promise_is_explained() -> None:
    assert first_column("## Promises") == list(PromiseTerms.model_fields)
    rule = {**examples()["plan"].data, **examples()["promise"].data}
    assert Rule.model_validate(rule).promise.most_parts == 2


def test_all_that_is_confirmed_is_explained() -> None:
    assert first_column("## Confirmed in writing") == list(ConfirmTerms.model_fields)
    rule = {**examples()["plan"].data, **examples()["confirm"].data}
    assert Rule.model_validate(rule).confirm.promise is None


def test_every_key_of_what_customers_may_choose_is_explained() -> None:
    assert first_column("## What customers may choose") == list(CustomerMay.model_fields)


@pytest.mark.parametrize(
    ("heading", "model"), [("## Retry rules", RetryRule), ("## Calling hours", CallingHours)]
)
def test_every_key_of_the_other_files_is_shown(heading: str, model: type[RetryRule | CallingHours]) -> None:
    (example,) = blocks(section(PAGE, heading), "yaml")
    assert set(parse_content(example, "rules.md").data) == set(model.model_fields)


def test_the_fields_and_operators_are_all_that_there_are() -> None:
    rows = list(table_rows(section(PAGE, "## Conditions")))
    fields = {row[0].strip("`"): row[1] for row in rows if len(row) == 2}
    operators = {row[0]: set(code_spans(row[1])) for row in rows if len(row) == 3}
    assert fields == {field.value: field.kind.value for field in Field}
    assert operators == {kind.value: {each.value for each in OPERATORS[kind]} for kind in FieldKind}


def test_the_endings_are_those_that_a_retry_rule_may_name() -> None:
    assert first_column("## Retry rules") == [ending.value for ending in Ending]


def test_the_stages_are_those_that_are_asked_in_their_order() -> None:
    assert first_column("## Why was somebody not called?") == [stage.__name__ for stage in CLAIM]
    assert "decisions" in metadata.tables
