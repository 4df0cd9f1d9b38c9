"""People call the number that our calls and letters name."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date, timedelta
from functools import partial

import pytest
import sqlalchemy as sa

from ivr.alerts.reference import check_digit
from ivr.calls.caller_block import CallerBlock
from ivr.clock import utc_now
from ivr.engine.reception import Reception
from ivr.store.tables.alerts import alerts
from ivr.store.tables.calls import call_alerts
from ivr.store.tables.customers import customer_history
from ivr.store.transaction import SqlTransaction
from tests.acceptance.bank import Bank
from tests.acceptance.callers import HOTLINE, closed_calls
from tests.acceptance.conftest import OpenBank
from tests.acceptance.customers import Customer, Customers, with_another_matter
from tests.acceptance.phone import PhoneBook, Somebody

pytestmark = pytest.mark.asterisk

TOLL_FREE = Reception({HOTLINE: "toll-free"}, "US", 600)
BORN_ON, BIRTH_DATE, WRONG = date(1985, 7, 31), "07311985", "01021999"
GREETING, WAS_US = "Thank you for calling Sample Bank", "Yes, that was us"
WHY, REFERENCE, ASKS = "hear why we called", "If you have a reference number", "key in your date of birth"
MATTER, PAY, LEAVE = "You have one matter with us", "card ending in four two, press 1", "To leave it for now"
PAID = "forty-two dollars and fifty cents has been made"


@pytest.fixture
async def bank(open_bank: OpenBank, inbound_app: str) -> AsyncIterator[Bank]:
    """A bank whose toll-free number can be called."""
    async with open_bank(app=inbound_app, reception=TOLL_FREE) as bank:
        yield bank


def proves_to_be_them(somebody: Somebody) -> Somebody:
    """Say by a key and a birth date who calls."""
    return somebody.expects(GREETING).expects(WHY).presses("1").expects(ASKS).presses(BIRTH_DATE)


def pays(somebody: Somebody) -> Somebody:
    """Pay the matter that was told."""
    somebody.presses("1").expects("You are about to pay").expects("To pay").presses("1")
    return somebody.expects(PAID)


async def has_a_matter(bank: Bank, customer: Customer) -> None:
    """Let the rule find a customer who is not called yet."""
    await bank.stop_all()
    await bank.calls(customer)


async def reference_of(bank: Bank, customer: Customer) -> str:
    """Return what a letter to the customer would name."""
    found = sa.select(alerts.c.reference).where(alerts.c.customer_id == customer.id)
    return await bank.engine.store.read(lambda tx: tx.connection.execute(found).scalar_one())


@pytest.mark.full
async def test_returning_a_missed_call_settles_the_matter_and_nobody_is_called_again(
    bank: Bank, a_customer: Customers
) -> None:
    maria = a_customer(card="42", birth_date=BORN_ON).does("busy")
    await bank.calls(maria)
    await bank.story_after(maria)
    await bank.stop_all()
    maria.from_now_on()
    proves_to_be_them(maria).expects(MATTER)
    pays(maria).expects("For your balance").presses("7").expects("Your last payment was").hangs_up()
    await maria.dials(HOTLINE)
    await maria.call_is_over(2)
    assert any(WAS_US in words for words in maria.heard_words())
    story = await bank.story_once(maria, lambda story: story.alerts == (("settled", "paid"),))
    assert story.next_attempt is None
    assert (story.amount_due, story.disposition) == ("0.00 USD", "payment")
    assert len(await bank.gateway.charges()) == 1
    [call] = await closed_calls(bank)
    about = await bank.engine.store.read(lambda tx: tx.connection.execute(sa.select(call_alerts)).all())
    assert [(row.call_id, row.role) for row in about] == [(call.id, "primary")]


@pytest.mark.full
async def test_who_only_wants_to_know_is_told_that_it_was_us_and_not_why(
    bank: Bank, a_customer: Customers
) -> None:
    maria = a_customer(birth_date=BORN_ON).does("busy")
    await bank.calls(maria)
    await bank.story_after(maria)
    await bank.stop_all()
    maria.from_now_on().expects(WAS_US).expects(WHY).hangs_up()
    await maria.dials(HOTLINE)
    await maria.call_is_over(2)
    told = " ".join(maria.heard_words())
    assert not any(word in told for word in ("payment", "Maria", "dollars", "account"))
    await closed_calls(bank)
    story = await bank.story(maria)
    assert story.next_attempt is not None
    assert story.next_attempt.due_at > utc_now() + timedelta(hours=23), "the retry rests"


@pytest.mark.full
async def test_a_stranger_s_telephone_needs_the_reference_and_the_customer_s_birth_date(
    bank: Bank, a_customer: Customers, phone_book: PhoneBook
) -> None:
    maria = a_customer(card="42", birth_date=BORN_ON)
    await has_a_matter(bank, maria)
    number = await reference_of(bank, maria)
    office = phone_book.somebody().expects(REFERENCE).presses("2").expects("nine digits").presses(number)
    office.expects(ASKS).presses(WRONG).expects("not what we have").presses(BIRTH_DATE)
    office.expects(MATTER).expects(LEAVE).presses("5").expects("For your balance").presses("5")
    await office.dials(HOTLINE)
    assert (await office.call_is_over()).ended_by == "far_end"
    await closed_calls(bank)
    story = await bank.story_once(maria, lambda story: bool(story.line.dispositions))
    assert (story.alerts, story.disposition) == ((("open", None),), "right_party_contact")
    assert story.next_attempt is not None
    assert story.next_attempt.due_at > utc_now() + timedelta(hours=23), "they have just talked about it"


@pytest.mark.full
async def test_whoever_guesses_references_is_locked_out_and_told_how_to_go_on(
    bank: Bank, phone_book: PhoneBook
) -> None:
    ada = phone_book.somebody().expects(REFERENCE).presses("2").expects("nine digits")
    for digits in ("10000000", "20000000"):
        ada.presses(digits + check_digit(digits)).expects("do not know this reference").expects("nine digits")
    ada.presses("30000000" + check_digit("30000000")).expects("for ten minutes").presses("5").expects(
        "Goodbye"
    )
    await ada.dials(HOTLINE)
    await ada.call_is_over()
    await closed_calls(bank)


async def test_two_calls_at_once_about_one_account_are_one_payment_and_one_settled_alert(
    bank: Bank, a_customer: Customers
) -> None:
    maria = a_customer(card="42", birth_date=BORN_ON, numbers=2)
    [office] = maria.others
    maria.answers().expects("Maria Lopez, press 1").presses("1")
    # Time goes by until the payment by the other telephone is through: then her key is late.
    maria.expects("A payment of").hears_out("already paid, press 4").presses("8")
    maria.expects(PAY).presses("1").expects("You are about to pay").expects("To pay forty-two").presses("1")
    maria.expects("was paid or changed during this call")
    await bank.calls(maria)
    await maria.has_heard("Maria Lopez, press 1")
    pays(proves_to_be_them(office).expects(MATTER)).expects("For your balance").presses("5")
    calling = asyncio.create_task(office.dials(HOTLINE))
    await office.has_heard(PAID)
    assert maria.calls()[-1].ended_at is None, "we are still on the line"
    await calling
    await maria.call_is_over(within=timedelta(minutes=2))
    await office.call_is_over()
    story = await bank.story_after(maria)
    assert story.alerts == (("settled", "paid"),)
    assert len(await bank.gateway.charges()) == 1
    assert story.next_attempt is None
    assert len(story.attempts) == 1


@pytest.mark.parametrize(
    "late",
    ["22", pytest.param("4", marks=pytest.mark.full), pytest.param("51", marks=pytest.mark.full)],
    ids=["promise", "already paid", "dispute"],
)
async def test_two_calls_at_once_settle_a_matter_once_and_the_later_key_is_told_so(
    bank: Bank, a_customer: Customers, late: str
) -> None:
    maria = a_customer(birth_date=BORN_ON, numbers=2)
    [office] = maria.others
    maria.answers().expects("Maria Lopez, press 1").presses("1").expects("A payment of")
    # Time goes by, in which the other telephone settles it: then her key is late.
    maria.waits(timedelta(seconds=20))
    for key in late:
        maria.presses(key, wait=timedelta(seconds=1))
    maria.expects("settled in another call")
    await bank.calls(maria)
    await maria.has_heard("Maria Lopez, press 1")
    proves_to_be_them(office).expects(MATTER).presses("4").expects("we will check it").hangs_up()
    await office.dials(HOTLINE)
    await maria.call_is_over(within=timedelta(minutes=2))
    await office.call_is_over()
    story = await bank.story_after(maria)
    assert story.alerts == (("settled", "already_paid"),)
    assert not {"promised", "disputed"} & set(story.responses)
    assert story.responses.count("already_paid") == 1
    assert story.next_attempt is None


@pytest.mark.full
async def test_the_next_matter_is_offered_when_one_is_settled(bank: Bank, a_customer: Customers) -> None:
    maria = a_customer(birth_date=BORN_ON)
    await has_a_matter(bank, maria)
    await bank.calls(with_another_matter(maria))
    proves_to_be_them(maria).expects("more than one matter with us")
    maria.expects("If you have already paid").presses("4").expects("we will check it")
    maria.expects("There is another matter").presses("1").expects("A payment of")
    maria.expects("To promise a payment").presses("2").expects("Within seven days").presses("2")
    maria.expects("noted your promise").hangs_up()
    await maria.dials(HOTLINE)
    await maria.call_is_over(within=timedelta(minutes=2))
    story = await bank.story_once(maria, lambda story: all(state == "settled" for state, _ in story.alerts))
    assert sorted(str(reason) for _, reason in story.alerts) == ["already_paid", "promised"]
    assert story.next_attempt is None


@pytest.mark.full
async def test_who_is_cut_off_goes_on_where_they_were(bank: Bank, a_customer: Customers) -> None:
    maria = a_customer(card="42", birth_date=BORN_ON)
    await has_a_matter(bank, maria)
    proves_to_be_them(maria).expects(PAY).hangs_up()
    await maria.dials(HOTLINE)
    await maria.call_is_over()
    await closed_calls(bank)
    proves_to_be_them(maria.from_now_on()).expects("We go on where we were").expects(PAY).hangs_up()
    await maria.dials(HOTLINE)
    await maria.call_is_over(2)
    assert not any("Its reference number" in words for words in maria.heard_words())
    await closed_calls(bank, 2)


@pytest.mark.full
async def test_who_is_cut_off_within_a_question_is_asked_it_next(bank: Bank, a_customer: Customers) -> None:
    maria = a_customer(birth_date=BORN_ON)
    await has_a_matter(bank, maria)
    proves_to_be_them(maria).expects("To promise a payment").presses("2").expects(
        "Within seven days"
    ).hangs_up()
    await maria.dials(HOTLINE)
    await maria.call_is_over()
    await closed_calls(bank)
    again = proves_to_be_them(maria.from_now_on()).expects("We go on where we were")
    again.expects("Within seven days").presses("2").expects("noted your promise").hangs_up()
    await maria.dials(HOTLINE)
    await maria.call_is_over(2)
    told = " ".join(maria.heard_words())
    assert "To promise a payment, press 2" not in told, "the question before was answered"
    story = await bank.story_once(maria, lambda story: story.alerts == (("settled", "promised"),))
    assert story.next_attempt is None


@pytest.mark.full
async def test_a_number_of_two_customers_is_nobody_s(bank: Bank, a_customer: Customers) -> None:
    maria = a_customer(birth_date=BORN_ON)
    ben = a_customer(address=maria.number)
    await has_a_matter(bank, maria)
    await bank.takes_in(ben)
    maria.expects(GREETING).expects(REFERENCE).hangs_up()
    await maria.dials(HOTLINE)
    await maria.call_is_over()
    assert not any(WHY in words for words in maria.heard_words())
    [row] = await closed_calls(bank)
    assert row.customer_id is None


@pytest.mark.full
async def test_a_blocked_number_hears_one_sentence_and_can_still_opt_out(
    bank: Bank, a_customer: Customers, phone_book: PhoneBook
) -> None:
    maria, ada = a_customer(birth_date=BORN_ON), phone_book.somebody()
    await has_a_matter(bank, maria)
    now, store = utc_now(), bank.engine.store
    for number in (maria.number, ada.number):
        block = CallerBlock(number, now, None, "shouts at agents", "ben")
        await store.write(partial(_place, block))
    maria.expects("we take no calls from this number").presses("9").expects("We will not call this number")
    ada.expects("we take no calls from this number").expects("Goodbye")
    await asyncio.gather(maria.dials(HOTLINE), ada.dials(HOTLINE))
    assert [(await each.call_is_over()).ended_by for each in (maria, ada)] == ["far_end", "far_end"]
    assert not any(GREETING in words for words in (*maria.heard_words(), *ada.heard_words()))
    await store.write(lambda tx: tx.caller_blocks.lift(ada.number))
    ada.from_now_on().expects(GREETING).hangs_up()
    await ada.dials(HOTLINE)
    await ada.call_is_over(2)


def _place(block: CallerBlock, tx: SqlTransaction) -> None:
    tx.caller_blocks.place(block)


@pytest.mark.full
async def test_where_the_settings_say_so_a_blocked_number_is_not_answered(
    open_bank: OpenBank, inbound_app: str, phone_book: PhoneBook
) -> None:
    async with open_bank(app=inbound_app, reception=replace(TOLL_FREE, rejects_blocked=True)) as bank:
        ada = phone_book.somebody().expects(GREETING)
        block = CallerBlock(ada.number, utc_now(), None, "shouts at agents", "ben")
        await bank.engine.store.write(partial(_place, block))
        await ada.dials(HOTLINE)
        [call] = await ada.ended_calls()
        assert (call.answered_at, call.ended_by) == (None, "far_end")


@pytest.mark.full
async def test_with_too_many_callers_a_customer_is_called_back(
    open_bank: OpenBank, inbound_app: str, a_customer: Customers, phone_book: PhoneBook
) -> None:
    full = replace(TOLL_FREE, most_calls={HOTLINE: 1})
    async with open_bank(app=inbound_app, reception=full) as bank:
        maria, ada = a_customer(), phone_book.somebody().expects(GREETING).waits(timedelta(seconds=30))
        await has_a_matter(bank, maria)
        calling = asyncio.create_task(ada.dials(HOTLINE))
        await ada.has_heard(GREETING)
        ben = phone_book.somebody().expects("more people are calling").expects("a little later")
        maria.expects("called back at this number").presses("1").expects("We will call you back at")
        await asyncio.gather(ben.dials(HOTLINE), maria.dials(HOTLINE))
        await asyncio.gather(ben.call_is_over(), maria.call_is_over())
        await closed_calls(bank, 2)
        story = await bank.story(maria)
        assert story.next_attempt is not None
        assert abs(story.next_attempt.due_at - utc_now() - timedelta(minutes=30)) < timedelta(minutes=1)
        calling.cancel()


@pytest.mark.full
async def test_what_was_said_reaches_the_customer_store_with_its_call(
    bank: Bank, a_customer: Customers
) -> None:
    maria = a_customer(birth_date=BORN_ON)
    await has_a_matter(bank, maria)
    proves_to_be_them(maria).expects(LEAVE).hangs_up()
    await maria.dials(HOTLINE)
    await maria.call_is_over()
    [call] = await closed_calls(bank)

    async def history() -> list[sa.Row[tuple[object, ...]]]:
        found = sa.select(customer_history)
        return list(await bank.engine.store.read(lambda tx: tx.connection.execute(found).all()))

    async with asyncio.timeout(30):
        while not await history():  # noqa: ASYNC110  (the outbox is emptied by a clock)
            await asyncio.sleep(0.1)
    [row] = await history()
    assert (row.call_id, row.attempt_id, row.medium) == (call.id, None, "voice")
    assert row.disposition == "right_party_contact"
