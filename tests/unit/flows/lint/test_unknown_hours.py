from tests.unit.flows.lint.linting import codes, linted, only

ASKS = "hello: {type: check_hours, hours: HOURS, open: menu, closed: done}\n"
MENU = "menu: {type: menu, prompt: hello, keys: {1: done}}"


def test_hours_that_are_not_there_are_found_with_those_that_are() -> None:
    found = only("F109", linted(ASKS.replace("HOURS", "office-hours") + MENU))
    assert "nodes.hello.hours: there are no hours named 'office-hours'" in found
    assert "name a file of the hours folder: agents, office" in found


def test_hours_that_are_there_are_not() -> None:
    assert "F109" not in codes(ASKS.replace("HOURS", "agents") + MENU)
