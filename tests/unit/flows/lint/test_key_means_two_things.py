from tests.unit.flows.lint.linting import codes, linted, only

HELLO = "hello: {type: menu, prompt: hello, keys: {1: done, %s}, no_input: {prompt: again}, \
no_match: {prompt: again}}\n"
TWO = HELLO.replace("%s", "2: more") + HELLO.replace("hello:", "more:", 1).replace("%s", "9: done")


def test_the_opt_out_key_that_does_something_else_at_one_question_is_found() -> None:
    found = only("F206", linted(TWO))
    assert "nodes.more.keys.9: key 9 leads to 'opt-out' at every other question" in found


def test_the_same_target_is_fine() -> None:
    assert codes(TWO.replace("9: done", "9: opt-out")) == set()
