from tests.unit.flows.lint.linting import codes, linted, only

ASKS = "hello: {type: webhook, endpoint: NAME, answered: menu, failed: done}\n"
MENU = "menu: {type: menu, prompt: hello, keys: {1: done}}"


def test_a_webhook_that_the_settings_do_not_have_is_found_with_those_they_have() -> None:
    found = only("F110", linted(ASKS.replace("NAME", "order-status") + MENU))
    assert "nodes.hello.endpoint: the settings have no webhook named 'order-status'" in found
    assert "name one of [[webhooks]]: orders" in found


def test_one_that_they_have_is_not() -> None:
    assert "F110" not in codes(ASKS.replace("NAME", "orders") + MENU)
