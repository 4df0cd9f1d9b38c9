from datetime import date

import pytest

from ivr.money import Money
from ivr.prompts.content_tier import ContentTier
from tests.unit.flows.rehearsal import TinyCatalogue, flow_of, rehearse

CATALOGUE = TinyCatalogue(
    {**dict.fromkeys(("who", "sorry", "bye"), ContentTier.ANYONE), "said": ContentTier.CONFIRMED},
    slots={"said": "own.v"},
)
NODES = """
who: {type: verify, prompt: who, yes: {key: 1, to: set}, no: {key: 2, to: who}}
set: {type: set_variable, variable: v, value: VALUE, next: said}
said: {type: hangup, prompt: said}
"""


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("7", 7),
        ("true", True),
        ("plain", "plain"),
        ('"{{ account.amount_due }}"', Money(12050, "USD")),
        ('"{{account.due_on}}"', date(2026, 3, 1)),
        ('"{{ account.id }} owes {{ account.amount_due }}"', "a1 owes 120.50 USD"),
        ('"due {{ account.due_on }}, {{ no.such }}"', "due 2026-03-01, "),
    ],
)
def test_a_value_or_a_text_with_variables_is_kept(written: str, kept: object) -> None:
    call = rehearse(flow_of(NODES.replace("VALUE", written), CATALOGUE), CATALOGUE).presses("1")
    assert call.turn.state.own == {"v": kept}
    assert call.heard == ["who", f"said {kept}"]
    assert call.listens().is_over
