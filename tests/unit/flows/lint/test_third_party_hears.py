import pytest

from tests.unit.flows.lint.linting import codes, linted, only

DONE = "done: {type: hangup, prompt: done}\n"
ASKS = "no_input: {prompt: again}, no_match: {prompt: again}"
VERIFY = f"""
hello: {{type: verify, prompt: hello, yes: {{key: 1, to: done}}, no: {{key: 2, to: done}}, {ASKS}}}
"""
FORWARD = f"""
hello:
  {{type: forward, number: {{prompt: hello, read_back: again}}, done: done, refused: done, failed: done,
  {ASKS}}}
"""
MENU = "hello: {type: menu, prompt: hello, keys: {1: done}, " + ASKS + "}\n"
FOR_THEM = "listener: third_party"


def test_nobody_is_made_sure_of_who_is_not_the_customer() -> None:
    found = only("F115", linted(VERIFY + DONE, FOR_THEM))
    assert "nodes.hello: a verify node makes sure of the customer, and somebody else is listening" in found


def test_nobody_else_acts_for_the_customer() -> None:
    found = only("F115", linted(FORWARD + DONE, FOR_THEM))
    assert "nodes.hello: a forward node acts for the customer, and somebody else is listening" in found


def test_nobody_who_was_passed_an_alert_is_sure_from_the_beginning() -> None:
    assert "F115" in codes(MENU + DONE, FOR_THEM + "\nentered_at: confirmed")


@pytest.mark.parametrize("nodes", [VERIFY, MENU])
def test_the_customer_is_talked_to_like_a_customer(nodes: str) -> None:
    assert "F115" not in codes(nodes + DONE)


def test_a_menu_is_for_everybody() -> None:
    assert "F115" not in codes(MENU + DONE, FOR_THEM)
