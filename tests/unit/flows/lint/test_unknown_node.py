from tests.unit.flows.lint.linting import linted, only


def test_a_target_that_is_not_there_is_found_with_what_may_be_meant() -> None:
    found = linted("hello: {type: menu, prompt: hello, keys: {1: done, 2: dome}}")
    assert (
        only("F101", found)
        == "test.yaml:13: nodes.hello.keys.2: there is no node 'dome'; did you mean 'done'."
    )


def test_the_keys_of_the_whole_flow_are_looked_at_too() -> None:
    assert "keys.8: there is no node 'nowhere'" in only("F101", linted(head="keys: {9: opt-out, 8: nowhere}"))
