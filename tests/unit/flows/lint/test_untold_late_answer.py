import pytest

from tests.unit.flows.lint.linting import codes, linted, only

SETTLING = """
hello:
  type: menu
  prompt: hello
  keys: {1: {to: done, response: %s}}
  no_input: {prompt: again}
  no_match: {prompt: again}
done: {type: hangup, prompt: done}
opt-out: {type: opt_out, prompt: opted-out}
"""


def test_an_answer_that_can_come_late_is_found() -> None:
    found = only("F150", linted(SETTLING % "confirmed"))
    assert "nodes.hello: an answer to this settles the matter" in found


@pytest.mark.parametrize("response", ["stop_contact", "callback_requested", "wrong_number"])
def test_what_holds_whatever_another_call_has_settled_is_fine(response: str) -> None:
    assert codes(SETTLING % response) == set()


def test_a_flow_that_tells_it_is_fine() -> None:
    assert codes(SETTLING % "confirmed", "settled: done") == set()


def test_a_third_party_settles_nothing_for_the_customer() -> None:
    assert codes(SETTLING % "confirmed", "listener: third_party") == set()
