"""The page on messages shows templates and nodes that can be used, and names what there is."""

from __future__ import annotations

from pydantic import TypeAdapter

from ivr.content_file import parse_content
from ivr.flows.node import Node
from ivr.messages.load_templates import load_templates
from ivr.messages.message import MessageState
from ivr.messages.template_file import MessageFile
from ivr.payments.authorisation import AmountTerms
from ivr.rules.confirm_terms import Confirmed
from tests.unit.docs.pages import ROOT, blocks, code_spans, page, section, table_rows

PAGE = page("messages.md")


def first_cells(heading: str) -> list[str]:
    return [row[0].strip("`") for row in table_rows(section(PAGE, heading))]


def test_the_template_that_is_shown_can_be_used() -> None:
    template, _ = blocks(PAGE, "yaml")
    assert set(load_templates([parse_content(template, "appointment.yaml")])) == {"appointment"}


def test_the_node_that_is_shown_can_be_used_with_the_shipped_message() -> None:
    _, nodes = blocks(PAGE, "yaml")
    [(_, written)] = parse_content(nodes, "flow.yaml").data.items()
    node = TypeAdapter(Node).validate_python(written)
    files = sorted((ROOT / "messages").glob("*.yaml"))
    templates = load_templates([parse_content(file.read_text("utf-8"), str(file)) for file in files])
    assert set(getattr(node, "values")) == set(templates[getattr(node, "message")].values)  # noqa: B009
    assert all(f"`{name}`" in PAGE for name in templates)


def test_the_values_of_each_confirmation_are_told() -> None:
    rows = table_rows(section(PAGE, "## Confirmations, which nobody has to send"))
    told = {row[0].strip("`"): set(code_spans(row[1])) - set(AmountTerms) for row in rows}
    assert told == {outcome.value: set(outcome.values) for outcome in Confirmed}


def test_fields_and_states_are_those_there_are() -> None:
    assert first_cells("## A template") == list(MessageFile.model_fields)
    assert first_cells("## What became of it") == [state.value for state in MessageState]
