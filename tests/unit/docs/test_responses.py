"""The page on responses names every one, with the keys by which the shipped call takes it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from ivr.content_file import parse_content
from ivr.flows.load_flow import load_flow
from ivr.flows.nodes.menu import MenuNode
from ivr.flows.player.answers import answer
from ivr.outcomes.promised import Interval
from ivr.outcomes.response import Effect, Response
from ivr.rules.rule import Rule
from tests.unit.docs.pages import ROOT, blocks, page, table_rows
from tests.unit.flows.lint.linting import shipped_profiles
from tests.unit.flows.rehearsal import Rehearsal, rehearse
from tests.unit.flows.test_payment_overdue import CATALOGUE

PAGE = page("responses.md")
ROWS = [[cell.strip("`") for cell in row] for row in table_rows(PAGE)]
MOMENT = datetime(2026, 3, 9, 20, tzinfo=UTC)
FLOWS = ROOT / "dialplans/flows"
KEYS = [(row[0], row[1].split()) for row in ROWS if row[1] != "none"]


def after(keys: list[str]) -> Rehearsal:
    """Press keys in the shipped call, and let every effect come out well."""
    names = ("payment-overdue", "agent", "call-later", "survey")
    flow, *others = (
        load_flow(parse_content(file.read_text("utf-8"), file.name), CATALOGUE, shipped_profiles())
        for file in (FLOWS / f"{name}.yaml" for name in names)
    )
    call = rehearse(flow, CATALOGUE, others=tuple(others)).listens()
    for key in keys:
        call.presses(key).listens()
    while (effect := call.turn.state.effect) is not None:
        done = answer(effect, {})
        call.learns(done.result, **done.values)
        if not call.is_over:
            call.listens()
    return call


def test_every_response_is_there() -> None:
    assert [row[0] for row in ROWS] == [response.value for response in Response]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: str(row[0]))
def test_what_ends_an_alert_is_said_to(row: list[str]) -> None:
    effect = {"ends": Effect.SETTLING, "moves": Effect.DEFERRING, "goes": Effect.NEUTRAL}
    assert effect[row[2].replace(",", "").split()[0]] is Response(row[0]).effect


@pytest.mark.parametrize(("response", "keys"), KEYS)
def test_the_keys_lead_to_the_response(response: str, keys: list[str]) -> None:
    assert response in [meant.value for meant, _ in after(keys).turn.state.responses]


def test_the_rule_and_the_promise_in_parts_can_be_used() -> None:
    rule, written = blocks(PAGE, "yaml")
    assert Rule.model_validate(parse_content(rule, "responses.md").data).plan[0].flow == "order-delayed"
    node = MenuNode.model_validate(parse_content(written, "responses.md").data["plan-menu"])
    assert node.keys["1"].details == {"within_days": 7, "parts": 3, "every": Interval.MONTH}
