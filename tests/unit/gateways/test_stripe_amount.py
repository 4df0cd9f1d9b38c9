import pytest

from ivr.gateways.stripe_amount import stripe_amount
from ivr.money import parse_money


@pytest.mark.parametrize(
    ("written", "currency", "sent"),
    [
        ("19.99", "USD", 1999),
        ("500", "JPY", 500),
        ("1.234", "KWD", 1234),
        # These have no smaller unit, and Stripe wants hundredths all the same.
        ("5", "ISK", 500),
        ("5", "UGX", 500),
    ],
)
def test_an_amount_is_sent_in_the_unit_that_stripe_takes(written: str, currency: str, sent: int) -> None:
    assert stripe_amount(parse_money(written, currency)) == sent
