import pytest

from tests.unit.flows.lint.linting import codes, linted, only

AGENT = "opt-out: {type: hangup, prompt: done}"
"""What key 9 leads to, instead of an opt-out."""


def test_a_flow_that_calls_people_and_lets_nobody_opt_out_is_found() -> None:
    assert "nodes: nobody can opt out; add an `opt_out` node and a key" in only("F205", linted(AGENT))


def test_a_flow_that_another_one_enters_needs_none() -> None:
    assert codes("opt-out: {type: return}") == set()


@pytest.mark.parametrize(("direction", "found"), [("inbound", set()), ("outbound", {"F205"})])
def test_who_calls_us_needs_none(direction: str, found: set[str]) -> None:
    assert codes(AGENT, f"direction: {direction}") == found
