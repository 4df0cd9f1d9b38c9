from tests.unit.flows.lint.linting import codes, linted, only


def test_a_question_that_forgets_silence_is_found() -> None:
    found = linted("hello: {type: menu, prompt: hello, keys: {1: done}, no_match: {prompt: again}}")
    assert "nodes.hello.no_input: after silence the question is only said again" in only("F203", found)


def test_a_target_is_a_path_too() -> None:
    to = "hello: {type: menu, prompt: hello, keys: {1: done}, no_match: {to: done}, no_input: {to: done}}"
    assert codes(to) == set()


def test_a_call_back_after_a_fixed_time_asks_nothing() -> None:
    later = "later: {type: callback, minutes: 90, done: done, closed: done, failed: done}"
    menu = "hello: {type: menu, prompt: hello, keys: {1: later}, no_match: {to: done}, no_input: {to: done}}"
    assert codes(f"{menu}\n{later}") == set()


def test_silence_accepts_a_recording_and_needs_no_path_of_its_own() -> None:
    menu = "hello: {type: menu, prompt: hello, keys: {1: rec}, no_match: {to: done}, no_input: {to: done}}"
    record = "rec: {type: record, prompt: again, variable: v, next: done, failed: done, no_match: {to: done}}"
    assert codes(f"{menu}\n{record}") == set()
