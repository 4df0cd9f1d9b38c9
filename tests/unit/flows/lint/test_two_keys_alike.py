from tests.unit.flows.lint.linting import linted, only


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
