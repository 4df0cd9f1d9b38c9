from tests.unit.flows.lint.linting import linted, only


def test_a_question_that_forgets_wrong_keys_is_found() -> None:
    found = linted("hello: {type: menu, prompt: hello, keys: {1: done}, no_input: {prompt: again}}")
    assert "nodes.hello.no_match: after a wrong key the question is only said again" in only("F204", found)


def test_of_a_recording_it_says_what_can_be_wrong_with_one() -> None:
    menu = "hello: {type: menu, prompt: hello, keys: {1: rec}, no_match: {to: done}, no_input: {to: done}}"
    record = "rec: {type: record, prompt: again, variable: v, next: done, failed: done}"
    found = only("F204", linted(f"{menu}\n{record}"))
    assert "nodes.rec.no_match: after an empty recording or a wrong key the question is only said" in found
