from datetime import date

import pytest

from ivr.content_file import parse_content
from ivr.errors import ContentError
from ivr.flows.player.customer import customer_of
from ivr.flows.variables import Variables, look_up
from ivr.money import Money


def customer(text: str) -> Variables:
    return customer_of(parse_content(text, "joe.yaml"))


def test_what_is_not_written_is_the_sample_customers() -> None:
    joe = customer("customer: {name: Joe}")
    assert look_up(joe, "customer.name") == "Joe"
    assert look_up(joe, "customer.first_name") == "Maria"


def test_values_become_what_the_samples_are() -> None:
    joe = customer("account: {amount_due: 19.99, balance: 5 EUR, due_on: 2026-04-01}\npayment_method: null")
    assert look_up(joe, "account.amount_due") == Money(1999, "USD")
    assert look_up(joe, "account.balance") == Money(500, "EUR")
    assert look_up(joe, "account.due_on") == date(2026, 4, 1)
    assert joe["payment_method"] is None


def test_what_is_a_number_or_true_stays_one() -> None:
    joe = customer("alert: {others: 0}\ncall: {returned: true}\ncontact: {sms: true}\naccount: {id: 12}")
    paths = ("alert.others", "call.returned", "contact.sms", "account.id")
    assert [look_up(joe, path) for path in paths] == [0, True, True, "12"]


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("colour: red", "joe.yaml:1: colour: no call has a variable of this name; use one of today, company"),
        ("account: {colour: red}", "joe.yaml:1: account.colour: no call has a variable of this name"),
        ("account: {amount_due: much}", "account.amount_due: 'much' is no amount; write it as 120.50 USD"),
        ("account: {due_on: soon}", "account.due_on:"),
        ("account: 5", "account: 5 can't be used; write it as a mapping, or null"),
    ],
)
def test_a_value_of_another_kind_is_a_complaint(text: str, complaint: str) -> None:
    with pytest.raises(ContentError) as caught:
        customer(text)
    assert complaint in str(caught.value)


def test_it_may_be_written_inside_another_file_and_is_complained_of_there() -> None:
    text = "flow: any\ncustomer:\n  payment_method: null\n  accuont: {}\n"
    with pytest.raises(ContentError, match=r"call\.yaml:4: customer\.accuont: no call has a variable"):
        customer_of(parse_content(text, "call.yaml"), ("customer",))
    assert customer_of(parse_content("flow: any\n", "call.yaml"), ("customer",))["payment_method"]
