import pytest

from ivr.flows.variables import Variables
from tests.unit.flows.rehearsal import MARIA, flow_of, for_anyone, rehearse

CATALOGUE = for_anyone("large", "small", "other")
NODES = """
how-much:
  type: branch
  cases:
    - when: {variable: account.amount_due, at_least: 100}
      to: large
    - when: {variable: account.amount_due, at_least: 10}
      to: small
  otherwise: other
large: {type: hangup, prompt: large}
small: {type: hangup, prompt: small}
other: {type: hangup, prompt: other}
"""


@pytest.mark.parametrize(
    ("variables", "said"),
    [(MARIA, "large"), ({"account": {}}, "other"), ({}, "other"), ({"account": None}, "other")],
)
def test_the_first_condition_that_holds_leads(variables: Variables, said: str) -> None:
    assert rehearse(flow_of(NODES, CATALOGUE), CATALOGUE, variables).heard == [said]
