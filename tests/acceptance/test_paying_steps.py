"""At every question about a card, the months to come or an agent a call ends in every way; nobody pays so."""

from __future__ import annotations

from functools import partial

import pytest
from structlog.testing import LogCapture

from ivr.engine.content import Content
from ivr.payments.monthly import Monthly
from tests.acceptance.bank import Bank
from tests.acceptance.conftest import QUICK_RULES, Edit, OpenBank, content_in
from tests.acceptance.customers import Customer, Customers
from tests.acceptance.every_step import Talk, end_in_every_way
from tests.acceptance.phone import PhoneBook
from tests.acceptance.test_agents import (
    ASK_TIME,
    HELLO,
    OFFER,
    DeskIs,
    Staffed,
    content,
    desk_is,
    flows,
    rules,
    staffed,
)
from tests.acceptance.test_answers import confirms_the_name
from tests.acceptance.test_links import MARIA
from tests.acceptance.test_nothing_leaks import CARD, CODE, EXPIRY
from tests.acceptance.test_paying_on import BORN, KEYED, posting
from tests.acceptance.test_payment import pays_with_the_saved_card

__all__ = ["content", "desk_is", "flows", "rules", "staffed"]

pytestmark = [pytest.mark.asterisk, pytest.mark.full]

NUMBER, UNTIL = (f"{CARD}#", "until when it is valid"), (EXPIRY, "its security code")
PAYS_BY_CARD = Talk(
    lambda customer: confirms_the_name(customer).expects("with another card").presses("7"),
    {
        "number": (("", "the number of your card"),),
        "expiry": (("", "the number of your card"), NUMBER),
        "code": (("", "the number of your card"), NUMBER, UNTIL),
        "confirm": (("", "the number of your card"), NUMBER, UNTIL, (f"{CODE}#", "go back without paying")),
    },
)
CONFIRM = ("1", "For other ways to pay, press 2")
PAYS_DUE = Talk(
    lambda customer: customer.expects(HELLO).presses("1").expects("did not go through"),
    {
        "declined": (),
        "confirm": (CONFIRM,),
        "other-ways": (CONFIRM, ("2", "To go back, press 5")),
    },
)
AUTOMATIC, PROVED = ("1", "key in your date of birth"), (f"{KEYED}#", "To agree, press 1")
MONTHLY = Talk(
    lambda customer: pays_with_the_saved_card(customer).expects("paid by itself every month"),
    {
        "offer": (),
        "day": (("2", "For the first of each month"),),
        "medium": (("2", "For the first of each month"), ("1", "To be called then")),
        "prove": (AUTOMATIC,),
        "agree": (AUTOMATIC, PROVED),
        "voice": (AUTOMATIC, PROVED, ("1", "and then press pound")),
    },
)
TIME = ("1", ASK_TIME)
NOBODY_FREE = Talk(
    lambda customer: customer.expects(HELLO).presses("0").expects(OFFER),
    {"offer": (), "time": (TIME,), "right": (TIME, ("1530", "You want to be called at"))},
)
MAY_WAIT = Talk(
    lambda customer: customer.expects(HELLO).presses("0").expects("All of our agents are on other calls"),
    {"wait or be called": (), "time": (("2", ASK_TIME),)},
)


async def test_a_card_that_is_keyed_in(
    open_bank: OpenBank, a_customer: Customers, engine_log: LogCapture, subtests: pytest.Subtests
) -> None:
    async with open_bank(card_keying=True) as bank:
        await end_in_every_way(bank, PAYS_BY_CARD, a_customer, engine_log, subtests)
        assert await bank.gateway.charges() == []


async def test_a_payment_in_another_way_after_an_automatic_one_was_declined(
    open_bank: OpenBank, a_customer: Customers, edit: Edit, engine_log: LogCapture, subtests: pytest.Subtests
) -> None:
    told = "flow: automatic-payment-declined"
    rules = edit.replace(QUICK_RULES, "payment-overdue.yaml", "flow: payment-overdue", told)
    owing = partial(a_customer, card="42")
    async with open_bank(content=content_in(rules=rules)) as bank:
        await end_in_every_way(bank, PAYS_DUE, owing, engine_log, subtests)
        assert await bank.gateway.charges() == []


async def test_the_months_that_come(
    open_bank: OpenBank, a_customer: Customers, engine_log: LogCapture, subtests: pytest.Subtests
) -> None:
    paying: list[Customer] = []

    def who_pays() -> Customer:
        paying.append(a_customer(card="42", birth_date=BORN, email=MARIA))
        return paying[-1]

    async with (
        posting() as (messaging, _),
        open_bank(messaging=messaging, monthly=frozenset(Monthly)) as bank,
    ):
        await end_in_every_way(bank, MONTHLY, who_pays, engine_log, subtests)
        assert len(await bank.gateway.charges()) == len(paying), "what they came for, once each"
        for customer in paying:
            assert await agreed_to(bank, customer) == (None, None)


async def agreed_to(bank: Bank, customer: Customer) -> tuple[object, object]:
    """Return what the customer has agreed to: automatic payments, and invitations."""
    account = f"A-{customer.id}"
    return await bank.engine.store.read(
        lambda tx: (tx.authorisations.of_account(account), tx.invitations.of_account(account))
    )


async def test_a_call_back_when_no_agent_is_free(
    open_bank: OpenBank,
    content: Content,
    a_customer: Customers,
    engine_log: LogCapture,
    subtests: pytest.Subtests,
) -> None:
    async with open_bank(content=content) as bank:
        await end_in_every_way(bank, NOBODY_FREE, a_customer, engine_log, subtests)


async def test_the_choice_to_wait_for_an_agent_who_is_on_another_call(
    open_bank: OpenBank,
    content: Content,
    a_customer: Customers,
    phone_book: PhoneBook,
    staffed: Staffed,
    desk_is: DeskIs,
    engine_log: LogCapture,
    subtests: pytest.Subtests,
) -> None:
    amy = phone_book.somebody().answers().says("hello").hangs_up()
    first = a_customer().expects(HELLO).presses("0").expects("Please hold").expects("Thank you for talking")
    async with open_bank(content=content) as bank, staffed(amy):
        await bank.calls(first)
        await first.call_is_over()  # a talk, so that there is a wait to be told
        await desk_is("INUSE")
        await end_in_every_way(bank, MAY_WAIT, a_customer, engine_log, subtests)
