from tests.unit.flows.lint.linting import codes, linted, only

ASKS = """
hello:
  type: answers
  prompt: hello
  answers: {2: %s}
  keys: {1: done}
  no_input: {prompt: again}
  no_match: {prompt: again}
"""
ANSWERS = {"where-to-pay": {"question": "Where can I pay?", "answer": "In any branch."}}


def test_a_prompt_that_no_other_medium_has_is_found() -> None:
    found = only("F305", linted(ASKS % "again"))
    assert "nodes.hello.answers.2: 'again' is a prompt, and no entry of the answers" in found
    assert "write it into answers.yaml, with its question" in found


def test_an_entry_of_the_answers_is_not_complained_of() -> None:
    assert linted(ASKS % "where-to-pay", answers=ANSWERS) == ()


def test_an_answer_that_is_nowhere_is_an_unknown_prompt() -> None:
    assert "F103" in codes(ASKS % "no-such")


def test_an_answer_that_a_language_lacks_is_told() -> None:
    found = only("F301", linted(ASKS % "where-to-pay", "languages: [en, es]", answers=ANSWERS))
    assert "is not written in 'es'" in found
