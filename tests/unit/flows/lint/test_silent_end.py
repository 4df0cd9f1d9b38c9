from tests.unit.flows.lint.linting import codes, linted, only

SILENT = "done: {type: hangup}"


def test_a_key_after_which_the_line_goes_dead_is_found() -> None:
    found = only("F201", linted(SILENT))
    assert "nodes.done: after 'hello' the call can end here without a word; give it a `prompt:`" in found


def test_nodes_on_the_way_that_say_nothing_change_nothing() -> None:
    noted = f"hello: {{type: menu, prompt: hello, keys: {{1: note}}, no_input: {{prompt: again}}, \
no_match: {{prompt: again}}}}\nnote: {{type: respond, response: repeated, next: done}}\n{SILENT}"
    assert codes(noted) == {"F201"}


def test_a_call_that_ends_as_it_is_answered_is_found() -> None:
    at_once = (
        "first: {type: branch, cases: [{when: {variable: payment_method, present: true}, to: hello}], "
        "otherwise: mute}\nmute: {type: hangup}"
    )
    assert "after the answer the call can end here" in only("F201", linted(at_once, "start: first"))


def test_words_before_the_end_are_enough() -> None:
    said = "hello: {type: menu, prompt: hello, keys: {1: say}, no_input: {prompt: again}, \
no_match: {prompt: again}}\nsay: {type: say, prompt: done, next: done}\n"
    assert codes(said + SILENT) == set()
