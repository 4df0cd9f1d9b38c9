from tests.unit.flows.lint.linting import codes, linted, only

ROUND = """
hello: {type: menu, prompt: hello, keys: {1: done}, no_input: {to: wait}, no_match: {prompt: again}}
wait: {type: say, prompt: again, next: hello}
"""


def test_a_machine_that_would_be_talked_to_until_the_limit_is_found() -> None:
    found = only("F202", linted(ROUND))
    assert "nodes.hello: hello → wait → hello goes round without a key" in found


def test_a_loop_is_told_once_whatever_its_length() -> None:
    longer = ROUND.replace("next: hello", "next: more") + "more: {type: goto, to: hello}"
    assert len(linted(longer)) == 1


def test_a_loop_that_a_key_is_needed_for_is_fine() -> None:
    keyed = "hello: {type: menu, prompt: hello, keys: {1: done, 2: wait}, no_input: {prompt: again}, \
no_match: {prompt: again}}\nwait: {type: say, prompt: again, next: hello}"
    assert codes(keyed) == set()


def test_a_repeat_counts_and_so_is_no_endless_loop() -> None:
    counted = ROUND.replace("{type: say, prompt: again, next: hello}", "{type: repeat, from: hello}")
    assert codes(counted) == set()
