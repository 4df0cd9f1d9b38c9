import pytest

from tests.unit.flows.lint.linting import codes, linted, only


def test_one_key_for_a_choice_and_for_the_repetition_is_found() -> None:
    found = only("F104", linted("hello: {type: menu, prompt: hello, keys: {1: done}, repeat: 1}"))
    assert "nodes.hello: key 1 is used twice, by `keys.1` and `repeat`; give one of them another key" in found


def test_one_key_for_two_answers_to_a_recording_is_found() -> None:
    recording = (
        "hello: {type: record, prompt: hello, variable: v, review: {prompt: again, again: 1}, "
        "next: done, failed: opt-out}"
    )
    assert "by `review.accept` and `review.again`" in only("F104", linted(recording))


def test_one_key_for_yes_and_no_is_found() -> None:
    alike = "hello: {type: verify, prompt: hello, yes: {key: 1, to: done}, no: {key: 1, to: done}}"
    assert "by `yes` and `no`" in only("F104", linted(alike))


HELLO = """
hello: {type: menu, prompt: hello, keys: {1: ask}, no_input: {prompt: again}, no_match: {prompt: again}}
"""
GATHER = """
ask: {type: gather, prompt: again, variable: days, length: 2, read_back: again, EXTRA next: done,
  no_input: {prompt: again}, no_match: {prompt: again}}
"""
RECORD = """
ask: {type: record, prompt: again, variable: remark, review: {prompt: again EXTRA}, next: done, failed: done,
  no_input: {prompt: again}, no_match: {prompt: again}}
"""


@pytest.mark.parametrize(
    ("node", "extra", "head", "told"),
    [
        (GATHER, "no: 1,", "", "by `yes` and `no`"),
        (GATHER, "yes: '*', repeat: '*', restart: null,", "", "by `yes` and `repeat`"),
        (GATHER, "terminator: '*',", "", "by `terminator` and `restart`"),
        (GATHER, "restart: '#',", "", "by `terminator` and `restart`"),
        (RECORD, ", again: 1", "", "by `review.accept` and `review.again`"),
        (RECORD, ", hear: 2", "", "by `review.again` and `review.hear`"),
        (GATHER, "", "manners: {repeat: 9}", "by `keys` and `manners.repeat`"),
    ],
)
def test_one_key_for_two_things_is_found_in_every_question(
    node: str, extra: str, head: str, told: str
) -> None:
    found = only("F104", linted(HELLO + node.replace("EXTRA", extra), head))
    assert told in found


def test_a_key_may_mean_one_thing_while_digits_are_keyed_and_another_after() -> None:
    assert codes(HELLO + GATHER.replace("EXTRA", "yes: '#', no: '*',")) == set()
