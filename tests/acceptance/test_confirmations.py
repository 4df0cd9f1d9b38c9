"""Who pays by keypad has the receipt in the mail, and nobody had to ask for it."""

from __future__ import annotations

import pytest

from ivr.engine.deliver_messages import deliver_messages
from tests.acceptance.customers import Customers
from tests.acceptance.test_answers import confirms_the_name
from tests.acceptance.test_links import MARIA, Posted, posted
from tests.acceptance.test_payment import pays_with_the_saved_card

__all__ = ["posted"]

pytestmark = pytest.mark.asterisk


async def test_a_payment_by_keypad_brings_one_receipt(posted: Posted, a_customer: Customers) -> None:
    maria = a_customer(owing="42.50", card="42", email=MARIA)
    pays_with_the_saved_card(maria).expects("has been made").hangs_up()
    await posted.bank.calls(maria)
    await maria.call_is_over()
    words = await posted.has_mail()
    assert posted.server.recipients == [MARIA]
    assert "you authorized us to charge $42.50 to your card ending in 42, once" in words
    assert len(await posted.bank.gateway.charges()) == 1

    await posted.bank.story_after(maria)
    await deliver_messages(posted.bank.engine.world, posted.bank.engine.contents)
    assert len(posted.server.mails) == 1


@pytest.mark.full
async def test_a_promise_by_keypad_is_confirmed_in_writing(posted: Posted, a_customer: Customers) -> None:
    ben = confirms_the_name(a_customer(owing="42.50", email=MARIA))
    ben.presses("2").expects("To promise the payment").presses("1").expects("We have noted your promise")
    await posted.bank.calls(ben)
    await ben.call_is_over()
    assert "You promised to pay $42.50 by" in await posted.has_mail()
