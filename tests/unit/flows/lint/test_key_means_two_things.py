import pytest

from tests.unit.flows.lint.linting import codes, linted, only

HELLO = "hello: {type: menu, prompt: hello, keys: {1: done, %s}, no_input: {prompt: again}, \
no_match: {prompt: again}}\n"
TWO = HELLO.replace("%s", "2: more") + HELLO.replace("hello:", "more:", 1).replace("%s", "9: done")


def test_the_opt_out_key_that_does_something_else_at_one_question_is_found() -> None:
    found = only("F206", linted(TWO))
    assert "nodes.more.keys.9: key 9 leads to 'opt-out' at every other question" in found


def test_the_same_target_is_fine() -> None:
    assert codes(TWO.replace("9: done", "9: opt-out")) == set()


ASK = """
more: {type: gather, prompt: hello, variable: days, length: 2, read_back: again, next: done,
  no_input: {prompt: again}, no_match: {prompt: again}}
"""
RECORD = """
more: {type: record, prompt: hello, variable: remark, review: {prompt: again}, next: done, failed: done,
  no_input: {prompt: again}, no_match: {prompt: again}}
"""


@pytest.mark.parametrize(
    ("node", "keys", "told"),
    [
        (ASK, "'#': opt-out", "nodes.more.terminator: key # leads to 'opt-out' at every other question"),
        (ASK, "2: opt-out", "nodes.more.no: key 2 leads to 'opt-out'"),
        (RECORD, "3: opt-out", "nodes.more.review.hear: key 3 leads to 'opt-out'"),
    ],
)
def test_keys_of_other_questions_are_looked_at_as_well(node: str, keys: str, told: str) -> None:
    assert told in only("F206", linted(HELLO.replace("%s", "4: more") + node, f"keys: {{{keys}}}"))


def test_a_digit_among_digits_misleads_nobody() -> None:
    asks = ASK.replace("read_back: again, ", "")
    assert codes(HELLO.replace("%s", "4: more") + asks, "keys: {2: opt-out}") == set()


def test_a_key_that_asks_once_more_everywhere_else_is_found() -> None:
    found = only("F206", linted(TWO.replace("9: done", "8: done"), "manners: {repeat: 8}"))
    assert "nodes.more.keys.8: key 8 asks once more at every other question" in found
