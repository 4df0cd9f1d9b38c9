"""Whoever agreed to automatic payments ends them by key, at the number that the terms named."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from ivr.clock import utc_now
from ivr.engine.pay_automatically import pay_automatically
from ivr.engine.ports import NewCall, Transaction
from ivr.payments.authorisation import AmountTerms, Authorisation
from tests.acceptance.bank import Bank, MovableClock
from tests.acceptance.callers import HOTLINE, closed_calls
from tests.acceptance.conftest import OpenBank
from tests.acceptance.customers import Customer, Customers
from tests.acceptance.test_links import MARIA
from tests.acceptance.test_paying_on import mails, posting
from tests.acceptance.test_toll_free import BORN_ON, TOLL_FREE, proves_to_be_them

pytestmark = pytest.mark.asterisk

OFFER = "To end your automatic payments, press 8"
NEXT_WEEK = utc_now().date() + timedelta(days=7)
"""Nobody is called about what is due then."""
LONG = timedelta(minutes=4)


async def has_agreed(bank: Bank, customer: Customer) -> Authorisation:
    """Let a customer have agreed, in some call before."""
    now = bank.engine.world.clock()
    call = NewCall("agreed", None, "outbound", "", "carrier", None, "payment-overdue", "v1", now)
    given = Authorisation(
        id="given",
        customer_id=customer.id,
        account_id=f"A-{customer.id}",
        method_id=customer.record.payment_methods[0].id,
        terms=AmountTerms.DUE,
        day=15,
        agreed_at=now,
        call_id=call.id,
        words="payment-overdue v1",
        recording=None,
        next_on=now.date() + timedelta(days=3),
    )

    def agree(tx: Transaction) -> None:
        tx.calls.open(call)
        tx.authorisations.give(given)

    await bank.engine.store.write(agree)
    return given


async def lasting(bank: Bank, customer: Customer) -> Authorisation | None:
    return await bank.engine.store.read(lambda tx: tx.authorisations.of_account(f"A-{customer.id}"))


async def test_two_keys_at_the_toll_free_number_end_them_and_nothing_is_charged_any_more(
    open_bank: OpenBank, inbound_app: str, a_customer: Customers
) -> None:
    clock = MovableClock()
    maria = a_customer(card="42", birth_date=BORN_ON, email=MARIA, due_on=NEXT_WEEK)
    proves_to_be_them(maria).expects(OFFER).presses("8").expects("paid by itself every month")
    maria.expects("To end that, press 1").presses("1").expects("Your automatic payments have ended")
    maria.expects("For your balance").hangs_up()
    async with (
        posting() as (messaging, server),
        open_bank(app=inbound_app, reception=TOLL_FREE, clock=clock, messaging=messaging) as bank,
    ):
        await bank.takes_in(maria)
        given = await has_agreed(bank, maria)
        await maria.dials(HOTLINE)
        await maria.call_is_over(within=LONG)
        await closed_calls(bank)
        assert await lasting(bank, maria) is None
        assert await mails(server, 1) == ["Your automatic payments to Sample Bank have ended"]
        clock.advance(timedelta(days=(given.next_on - clock().date()).days + 1))
        await pay_automatically(bank.engine.world, bank.engine.contents)
        assert await bank.gateway.charges() == []
    assert sum(OFFER in words for words in maria.heard_words()) == 1, "afterwards there are none to end"


@pytest.mark.full
@pytest.mark.parametrize("then", ["hangs up", "keeps them", "is silent"])
async def test_nothing_but_that_key_ends_them(
    open_bank: OpenBank, inbound_app: str, a_customer: Customers, then: str
) -> None:
    maria = a_customer(card="42", birth_date=BORN_ON, due_on=NEXT_WEEK)
    proves_to_be_them(maria).expects(OFFER).presses("8").expects("To end that, press 1")
    if then == "keeps them":
        maria.presses("2").expects("Your automatic payments go on")
    if then != "hangs up":
        maria.expects("For your balance")
    maria.hangs_up()
    async with open_bank(app=inbound_app, reception=TOLL_FREE) as bank:
        await bank.takes_in(maria)
        await has_agreed(bank, maria)
        await maria.dials(HOTLINE)
        await maria.call_is_over(within=LONG)
        await closed_calls(bank)
        assert await lasting(bank, maria) is not None


@pytest.mark.full
async def test_who_is_called_ends_them_where_they_choose_how_we_reach_them(
    open_bank: OpenBank, a_customer: Customers
) -> None:
    maria = a_customer(owing="42.50", card="42", birth_date=date(1985, 7, 31))
    maria.expects("If you are").presses("1").expects("For other choices").presses("5")
    maria.expects("To choose how and when we reach you").presses("4").expects(OFFER).presses("8")
    maria.expects("To end that, press 1").presses("1").expects(
        "Your automatic payments have ended"
    ).hangs_up()
    async with open_bank() as bank:
        await bank.takes_in(maria)
        await has_agreed(bank, maria)
        await bank.scans()
        await maria.call_is_over(within=LONG)
        await bank.story_after(maria)
        assert await lasting(bank, maria) is None
