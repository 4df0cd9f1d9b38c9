import pytest

from tests.unit.flows.lint.linting import codes, linted, only

SENDS = "hello: {type: send_sms, message: MESSAGE, values: {VALUES}, sent: menu, failed: done}\n"
MENU = "menu: {type: menu, prompt: hello, keys: {1: done}}"


def sends(message: str, values: str) -> str:
    return SENDS.replace("MESSAGE", message).replace("VALUES", values) + MENU


def test_a_message_that_is_not_there_is_found_with_the_one_that_was_meant() -> None:
    found = only("F112", linted(sends("reciept", "paid: today")))
    assert "nodes.hello.message: there is no message 'reciept'; did you mean 'receipt'" in found


def test_a_message_that_is_not_written_for_the_medium_is_found() -> None:
    nodes = sends("receipt", "paid: today").replace("send_sms", "send_email")
    assert "'receipt' is not written for email" in only("F112", linted(nodes))


def test_a_value_that_is_missing_and_one_too_many_are_found() -> None:
    assert "'receipt' needs the value 'paid'" in only("F112", linted(sends("receipt", "")))
    found = only("F112", linted(sends("receipt", "paid: today, by: card")))
    assert "nodes.hello.values.by: 'receipt' has no use for the value 'by'" in found


def test_an_account_detail_in_what_anyone_may_read_is_found() -> None:
    found = only("F112", linted(sends("news", "about: '{{ account.amount_due }}'")))
    assert "anyone may read 'news', and this tells of account.amount_due" in found


@pytest.mark.parametrize(
    ("message", "values"), [("receipt", "paid: '{{ account.balance }}'"), ("news", "about: x")]
)
def test_a_message_that_fits_is_not(message: str, values: str) -> None:
    assert "F112" not in codes(sends(message, values))
