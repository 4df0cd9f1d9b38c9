import pytest

from ivr.errors import ContentError
from tests.unit.flows.rehearsal import Rehearsal, flow_of, for_anyone, rehearse

CATALOGUE = for_anyone("list", "where", "fee", "wrong", "done")
NODES = """
faq:
  type: answers
  prompt: list
  answers: {1: where, 2: fee}
  keys: {3: done}
  no_match: {prompt: wrong}
done: {type: hangup, prompt: done}
"""


@pytest.fixture
def call() -> Rehearsal:
    return rehearse(flow_of(NODES, CATALOGUE, "keys: {2: done, 0: done}"), CATALOGUE).listens()


def test_an_answer_is_said_and_the_questions_are_listed_again(call: Rehearsal) -> None:
    assert call.presses("1").listens().presses("2").listens().heard == [
        "list",
        "where",
        "list",
        "fee",
        "list",
    ]


def test_a_key_during_an_answer_is_the_next_choice(call: Rehearsal) -> None:
    assert call.presses("12").heard == ["list", "where", "fee"]


@pytest.mark.parametrize("key", ["3", "0"])
def test_its_own_keys_and_those_of_the_flow_lead_out(call: Rehearsal, key: str) -> None:
    assert call.presses(key).heard[-1] == "done"


def test_a_wrong_key_is_told(call: Rehearsal) -> None:
    assert call.presses("7").heard[-1] == "wrong + list"


def test_a_key_can_not_be_a_question_and_a_way_out() -> None:
    with pytest.raises(ContentError, match=r"key 1 is used twice, by `answers\.1` and `keys\.1`"):
        flow_of(NODES.replace("keys: {3: done}", "keys: {1: done}"), CATALOGUE)
