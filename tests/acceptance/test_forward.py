"""A customer passes an alert on: the other person hears the customer's voice, and nothing of the account."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from ivr.carrier.sound_match import SAME, heard_audio_matches
from ivr.engine.content import Content
from ivr.store.customer_history import CustomerHistory
from ivr.store.tables.attempts import attempts
from ivr.store.tables.customers import customer_history, suppressions
from ivr.store.tables.outcomes import outcomes
from tests.acceptance.bank import Bank
from tests.acceptance.books import Story
from tests.acceptance.conftest import QUICK_RULES, Edit, OpenBank, content_in
from tests.acceptance.customers import Customer, Customers
from tests.acceptance.phone import PhoneBook, Somebody
from tests.acceptance.test_answers import confirms_the_name
from tests.asterisk_pair import AsteriskPair

pytestmark = pytest.mark.asterisk

SAID = "conf-onlyperson"
ACCOUNT_WORDS = ("payment", "dollars", "account", "overdue", "due")
"""What the customer of these tests is called about."""
WITH_SILENCE = timedelta(seconds=120)
"""Within which a call ends that begins once the customer has hung up, and in which nobody presses a key."""
AT_THE_MENU = """\
  pass-on: {type: enter_flow, flow: forward, next: goodbye}

  disputed:
"""


@pytest.fixture
def passing_on(edit: Edit) -> Content:
    """Return the shipped content with alerts that are passed on by call, at key 6 of the last menu."""
    edit.replace("dialplans/flows", "payment-overdue.yaml", "us-general", "agreed-contacts")
    edit.replace(
        "dialplans/flows", "payment-overdue.yaml", "2: stop-contact\n", "2: stop-contact\n      6: pass-on\n"
    )
    flows = edit.replace("dialplans/flows", "payment-overdue.yaml", "  disputed:\n", AT_THE_MENU)
    terms = "retry: quick\nforward: {flow: forwarded, retry: quick}\n"
    rules = edit.replace(QUICK_RULES, "payment-overdue.yaml", "retry: quick\n", terms)
    return content_in(flows=flows, rules=rules)


def begins_to_pass_on(customer: Customer) -> Customer:
    """Come to where it is told what the other will hear."""
    confirms_the_name(customer).presses("5").expects("If you do not agree").presses("6")
    return customer.expects("You can let somebody else know")


def records_a_comment(customer: Customer) -> Customer:
    """Say something after the tone, and come to where it is judged."""
    begins_to_pass_on(customer).presses("1").hears_out("Please speak after the tone")
    return customer.says(SAID).presses("#").expects("To keep your message")


def keys_in(customer: Customer, somebody: Somebody) -> Customer:
    """Key in somebody's number and hear it read back."""
    customer.expects("Please key in the telephone number").presses(f"{somebody.number.removeprefix('+1')}#")
    return customer.expects("The number is")


def passes_on(customer: Customer, somebody: Somebody) -> Customer:
    """Pass the alert on, with a comment, to somebody."""
    records_a_comment(customer).presses("1")
    return keys_in(customer, somebody).presses("1").expects("We will call that number")


def of_both(story: Story) -> bool:
    """Whether the customer's call and the one that was passed on are both over."""
    return len(story.closed) == 2


async def said_by(bank: Bank, somebody: Somebody) -> list[str]:
    """Return what was meant in the last call to somebody's number."""
    of_number = sa.select(outcomes.c.responses).join(attempts, attempts.c.id == outcomes.c.attempt_id)
    query = of_number.where(attempts.c.address == somebody.number).order_by(outcomes.c.at.desc())
    rows = await bank.engine.store.read(lambda tx: tx.connection.execute(query).scalars().all())
    return [meant for meant, _ in rows[0]]


async def rows_of(bank: Bank, table: sa.Table) -> list[Any]:
    """Return all rows of a table."""
    return list(await bank.engine.store.read(lambda tx: tx.connection.execute(sa.select(table)).all()))


async def test_whoever_it_is_passed_on_to_hears_who_and_the_voice_and_nothing_of_the_account(
    open_bank: OpenBank,
    a_customer: Customers,
    phone_book: PhoneBook,
    passing_on: Content,
    asterisk_pair: AsteriskPair,
) -> None:
    ben = phone_book.somebody().records().answers()
    ben.expects("Maria Lopez has asked us to pass a message on to you").presses("1")
    ben.expects("This is what Maria Lopez says").expects("We may not tell you more about it").presses("8")
    ben.expects("This is what Maria Lopez says").expects("To talk to an agent").presses("9")
    ben.expects("We will not call this number again")
    maria = passes_on(a_customer(), ben)
    async with open_bank(content=passing_on) as bank:
        await bank.calls(maria)
        await maria.call_is_over()
        await ben.call_is_over(within=WITH_SILENCE)
        story = await bank.story_once(maria, of_both)
        history = {row.forwarded_from is None: row for row in await _history(bank, 2)}
        said_no = await rows_of(bank, suppressions)
    sound = asterisk_pair.carrier.installation.data_folder / f"sounds/en/{SAID}.wav"
    assert heard_audio_matches(await ben.heard(), sound) > SAME
    words = " ".join(ben.heard_words()).lower()
    assert not [word for word in ACCOUNT_WORDS if word in words.split()]

    assert story.alerts == (("settled", "forwarded"), ("settled", "opted_out"))
    assert [(row.customer_id, row.address, row.topic, row.source) for row in said_no] == [
        (None, ben.number, None, "third_party")
    ]
    assert not story.line.is_suppressed
    assert [meant for meant, _ in history[True].responses] == ["forwarded"]
    assert [meant for meant, _ in history[False].responses] == [
        "confirmed",
        "repeated",
        "confirmed",
        "opted_out",
    ]
    assert (history[False].customer_id, history[False].disposition) == (maria.id, "do_not_call")


async def _history(bank: Bank, count: int) -> list[Any]:
    """Tell the customer store what is waiting to be told, and return what it knows then."""
    history = CustomerHistory(bank.engine.store)
    world = bank.engine.world
    entries = await bank.engine.store.read(lambda tx: tx.outcomes.due_entries(world.clock(), 10))
    for entry in entries:
        await history.push(entry.key, entry.payload)
    rows = await rows_of(bank, customer_history)
    assert len(rows) == count
    return rows


@pytest.mark.full
async def test_who_never_wants_to_be_called_again_is_not_called_for_anybody(
    open_bank: OpenBank, a_customer: Customers, phone_book: PhoneBook, passing_on: Content
) -> None:
    ben = phone_book.somebody().answers().expects("To never be called by us again").presses("9")
    ben.expects("We will not call this number again")
    maria, nora = passes_on(a_customer(), ben), a_customer()
    records_a_comment(nora).presses("1")
    keys_in(nora, ben).presses("1").expects("we cannot pass this on to that number")
    async with open_bank(content=passing_on) as bank:
        await bank.calls(maria)
        await ben.call_is_over(within=WITH_SILENCE)
        await bank.story_once(maria, of_both)
        await bank.calls(nora)
        await nora.call_is_over()
        story = await bank.story_after(nora)
    assert story.alerts[0][0] == "open" or story.alerts[0] == ("exhausted", "never_after_hung_up")
    assert len(story.alerts) == 1
    assert len(ben.calls()) == 1


@pytest.mark.full
async def test_a_silent_line_hears_neither_the_voice_nor_the_matter(
    open_bank: OpenBank, a_customer: Customers, phone_book: PhoneBook, passing_on: Content
) -> None:
    ben = (
        phone_book.somebody()
        .answers()
        .expects("has asked us to pass a message on")
        .expects("Please call us at")
    )
    maria = passes_on(a_customer(), ben)
    async with open_bank(content=passing_on) as bank:
        await bank.calls(maria)
        await maria.call_is_over()
        await ben.call_is_over(within=WITH_SILENCE)
        await bank.story_once(maria, of_both)
    assert "This is what" not in " ".join(ben.heard_words())


@pytest.mark.full
@pytest.mark.parametrize("leaves", ["offer", "comment", "review", "number", "read-back"])
async def test_who_hangs_up_before_the_number_is_confirmed_has_passed_nothing_on(
    open_bank: OpenBank, a_customer: Customers, phone_book: PhoneBook, passing_on: Content, leaves: str
) -> None:
    ben, maria = phone_book.somebody().answers(), begins_to_pass_on(a_customer())
    if leaves != "offer":
        maria.presses("1").hears_out("Please speak after the tone").says(SAID)
    if leaves in ("review", "number", "read-back"):
        maria.presses("#").expects("To keep your message")
    if leaves in ("number", "read-back"):
        maria.presses("1").expects("Please key in the telephone number")
    if leaves == "read-back":
        maria.presses(f"{ben.number.removeprefix('+1')}#").expects("The number is")
    maria.hangs_up()
    async with open_bank(content=passing_on) as bank:
        await bank.calls(maria)
        await maria.call_is_over()
        story = await bank.story_after(maria)
    assert story.responses == ("hung_up",)
    assert story.alerts == (("open", None),)
    assert ben.calls() == ()


@pytest.mark.full
async def test_who_hangs_up_on_the_confirmation_has_passed_it_on(
    open_bank: OpenBank, a_customer: Customers, phone_book: PhoneBook, passing_on: Content
) -> None:
    ben = phone_book.somebody().answers().expects("has asked us to pass a message on").hangs_up()
    maria = begins_to_pass_on(a_customer()).presses("2")
    keys_in(maria, ben).presses("1").hangs_up()
    async with open_bank(content=passing_on) as bank:
        await bank.calls(maria)
        await maria.call_is_over()
        await ben.call_is_over(within=WITH_SILENCE)
        story = await bank.story_once(maria, of_both)
        assert await said_by(bank, ben) == ["hung_up"]
    assert story.alerts == (("settled", "forwarded"), ("open", None))
    assert story.responses == ("forwarded",)


@pytest.mark.full
@pytest.mark.parametrize(
    ("keys", "heard"),
    [
        ("777", "That key is not one of the choices"),
        ("", "We did not hear a key"),
        ("2|911#|9005551234#|123#", "we cannot pass this on to that number"),
        ("2|", "We did not hear a key"),
    ],
)
async def test_silence_wrong_keys_and_numbers_that_nobody_dials_pass_nothing_on(
    open_bank: OpenBank, a_customer: Customers, passing_on: Content, keys: str, heard: str
) -> None:
    maria = begins_to_pass_on(a_customer())
    first, *numbers = keys.split("|")
    if first:
        maria.presses(first)
    for number in filter(None, numbers):
        maria.expects("Please key in the telephone number").presses(number)
    maria.expects(heard).expects("Goodbye")
    async with open_bank(content=passing_on) as bank:
        await bank.calls(maria)
        await maria.call_is_over()
        story = await bank.story_after(maria)
    assert "forwarded" not in story.responses
    assert len(story.alerts) == 1


@pytest.mark.full
@pytest.mark.parametrize(
    ("does", "meant"),
    [
        ("hangs up on the voice", "hung_up"),
        ("hangs up at the menu", "confirmed"),
        ("keeps silent at the menu", "confirmed"),
        ("presses wrong keys", "no_match"),
        ("wants an agent", "confirmed"),
    ],
)
async def test_whatever_the_other_person_does_is_kept(
    open_bank: OpenBank,
    a_customer: Customers,
    phone_book: PhoneBook,
    passing_on: Content,
    does: str,
    meant: str,
) -> None:
    ben = phone_book.somebody().answers().expects("has asked us to pass a message on")
    match does:
        case "hangs up on the voice":
            ben.presses("1").expects("This is what").waits(timedelta(seconds=3)).hangs_up()
        case "hangs up at the menu":
            ben.presses("1").expects("To talk to an agent").hangs_up()
        case "keeps silent at the menu":
            ben.presses("1").expects("To talk to an agent").expects("Goodbye")
        case "presses wrong keys":
            ben.presses("777").expects("Please call us at").hangs_up()
        case "wants an agent":
            ben.presses("1").expects("To talk to an agent").presses("3").expects("Please hold").hangs_up()
    maria = passes_on(a_customer(), ben)
    async with open_bank(content=passing_on) as bank:
        await bank.calls(maria)
        await maria.call_is_over()
        await ben.call_is_over(within=WITH_SILENCE)
        story = await bank.story_once(maria, of_both)
        assert await rows_of(bank, suppressions) == []
        said = await said_by(bank, ben)
    assert (story.responses, said[0]) == (("forwarded",), meant)


@pytest.mark.full
async def test_the_customer_is_called_back_with_what_came_of_it(
    open_bank: OpenBank, a_customer: Customers, phone_book: PhoneBook, passing_on: Content
) -> None:
    rule = passing_on.book.rules["payment-overdue"]
    assert rule.forward is not None
    telling = rule.model_copy(update={"forward": rule.forward.model_copy(update={"told": "forward-told"})})
    book = replace(passing_on.book, rules={rule.name: telling})
    ben = phone_book.somebody().answers().expects("has asked us to pass a message on").presses("1")
    ben.expects("To talk to an agent").hangs_up()
    maria = begins_to_pass_on(a_customer()).presses("2")
    keys_in(maria, ben).presses("1").expects("We will call that number")
    async with open_bank(content=replace(passing_on, book=book)) as bank:
        await bank.calls(maria)
        await maria.call_is_over()
        maria.next_time().expects("We have an answer for").presses("1").expects("has heard it")
        await ben.call_is_over(within=WITH_SILENCE)
        await maria.call_is_over(count=2)
        story = await bank.story_once(maria, lambda story: len(story.closed) == 3)
    assert [state for state, _ in story.alerts] == ["settled", "settled", "settled"]
