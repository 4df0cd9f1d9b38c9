from tests.unit.flows.lint.linting import linted, only


def test_a_question_that_forgets_wrong_keys_is_found() -> None:
    found = linted("hello: {type: menu, prompt: hello, keys: {1: done}, no_input: {prompt: again}}")
    assert "nodes.hello.no_match: after a wrong key the question is only said again" in only("F204", found)
