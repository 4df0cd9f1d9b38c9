"""A customer answers on the page behind a link, and the telephone and the page are one conversation."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from aiohttp import ClientSession

from ivr.accounts.contact_point import Medium
from ivr.attempts.attempt import AttemptState
from ivr.clock import utc_now
from ivr.engine.content import Content
from ivr.engine.messaging import Messaging
from ivr.engine.ports import Transaction
from ivr.engine.queue_message import NewMessage, queue_message
from ivr.engine.session_variables import account_variables, payment_variables
from ivr.messaging.email import SmtpMessenger, SmtpServer
from ivr.web.pages.desk import PageDesk
from ivr.web.pages.routes import create_pages
from ivr.web.server import serving
from tests.acceptance.bank import Bank, MovableClock
from tests.acceptance.conftest import QUICK_RULES, Edit, OpenBank, content_in
from tests.acceptance.customers import Customer, Customers
from tests.acceptance.phone import PhoneBook
from tests.acceptance.test_answers import confirms_the_name
from tests.acceptance.test_forward import AT_THE_MENU, SAID, WITH_SILENCE, begins_to_pass_on, of_both
from tests.mail_server import MailServer, mail_server
from tests.unit.web.pages.reader import Reader, Shown, token_in

pytestmark = pytest.mark.asterisk

MARIA = "maria@example.com"
BORN = date(1980, 4, 23)


@dataclass
class Paged:
    """A bank whose links lead to pages, and somebody who opens them."""

    bank: Bank
    server: MailServer
    reader: Reader
    url: str

    async def link(self, count: int = 1) -> str:
        """Return the address in the last of so many mails, once they are there."""
        async with self.server.changed:
            await self.server.changed.wait_for(lambda: len(self.server.mails) >= count)
        return f"{self.url}/l/{token_in(str(self.server.mails[-1].get_content()))}"

    async def writes_to(self, customer: Customer) -> str:
        """Send a link about what the customer is called about; return its address."""
        engine = self.bank.engine

        def queue(tx: Transaction) -> None:
            [alert] = tx.alerts.open_of(customer.id)
            account, live = tx.customers.account(alert.account_id), engine.contents.live
            assert account is not None
            today = engine.world.clock().date()
            known = account_variables(live.company, customer.record.customer, account, today)
            new = NewMessage(
                id=f"link of {alert.id}",
                medium=Medium.EMAIL,
                template="answer-link",
                language="en",
                variables={**known, **payment_variables(())},
                customer_id=customer.id,
                account_id=account.id,
                alert_id=alert.id,
                topic=alert.topic,
            )
            assert queue_message(tx, live, engine.world.messaging, new, engine.world.clock())

        await engine.store.write(queue)
        return await self.link()

    async def calls_again_now(self, customer: Customer) -> None:
        """Let the next call not wait any longer."""
        engine = self.bank.engine

        def move(tx: Transaction) -> None:
            [alert] = tx.alerts.open_of(customer.id)
            assert tx.attempts.move_ready(alert.id, engine.world.clock(), earlier=True) == 1

        await engine.store.write(move)
        engine.dispatcher.wake()

    async def says_yes(self, url: str) -> Shown:
        """Open a link and say to be the customer."""
        return await self.reader.sends(await self.reader.opens(url), "Yes, that is me")


@pytest.fixture
def patient(edit: Edit) -> Content:
    """Return content that tries again only after half an hour."""
    rules = edit.copy(QUICK_RULES)
    quick = rules / "retry/quick.yaml"
    quick.write_text(re.sub(r"after: \d+s", "after: 30m", quick.read_text("utf-8")), "utf-8")
    return content_in(rules=rules)


@asynccontextmanager
async def paged_bank(
    open_bank: OpenBank, content: Content, clock: MovableClock, *, card_pages: bool = False
) -> AsyncIterator[Paged]:
    """Open a bank that writes e-mail and shows pages."""
    async with AsyncExitStack() as stack:
        server = await stack.enter_async_context(mail_server())
        smtp = SmtpServer("127.0.0.1", server.port, "none", "Sample Bank <service@bank.test>")
        messaging = Messaging(
            {Medium.EMAIL: SmtpMessenger(smtp, utc_now)}, frozenset({MARIA}), "https://bank.test/l"
        )
        bank = await stack.enter_async_context(
            open_bank(messaging=messaging, content=content, clock=clock, card_pages=card_pages)
        )
        pages = create_pages(PageDesk(bank.engine.world, bank.engine.contents))
        url = await stack.enter_async_context(serving(pages, "127.0.0.1", 0))
        session = await stack.enter_async_context(ClientSession())
        yield Paged(bank, server, Reader(session), url)


async def test_a_page_that_is_answered_after_a_call_in_vain_ends_the_calls(
    open_bank: OpenBank, a_customer: Customers, patient: Content
) -> None:
    maria, clock = a_customer(owing="42.50", card="42", email=MARIA, birth_date=BORN), MovableClock()
    maria.does("busy")
    async with paged_bank(open_bank, patient, clock) as paged:
        await paged.bank.calls(maria)
        story = await paged.bank.story_after(maria)
        assert story.next_attempt is not None
        menu = await paged.says_yes(await paged.writes_to(maria))
        question = await paged.reader.sends(menu, "Pay now")
        proved = await paged.reader.sends(question, "Continue", answer="04/23/1980")
        paid = await paged.reader.sends(proved, "Pay now", which="all")
        assert "Your payment of $42.50 was made" in paid.words
        clock.advance(timedelta(minutes=40))
        await paged.bank.scans()
        story = await paged.bank.story(maria)
        charges = await paged.bank.gateway.charges()
    assert [attempt.state for attempt in story.attempts] == [AttemptState.CLOSED, AttemptState.CANCELLED]
    assert story.alerts == (("settled", "paid"),)
    assert (story.amount_due, story.disposition) == ("0.00 USD", "payment")
    assert len(charges) == 1
    assert len(maria.calls()) == 1


@pytest.mark.full
async def test_who_pays_on_the_providers_page_and_closes_the_window_is_not_called_again(
    open_bank: OpenBank, a_customer: Customers, patient: Content
) -> None:
    maria, clock = a_customer(owing="42.50", email=MARIA), MovableClock()
    maria.does("busy")
    async with paged_bank(open_bank, patient, clock, card_pages=True) as paged:
        await paged.bank.calls(maria)
        await paged.bank.story_after(maria)
        menu = await paged.says_yes(await paged.writes_to(maria))
        sent = await paged.reader.sends(menu, "Pay with a card", which="all")
        assert sent.status == 303
        assert await paged.bank.gateway.pay_on_page(sent.headers["Location"].rpartition("/")[2])
        story = await paged.bank.story_once(maria, lambda story: story.alerts == (("settled", "paid"),))
        clock.advance(timedelta(minutes=40))
        await paged.bank.scans()
        charges = await paged.bank.gateway.charges()
    assert [attempt.state for attempt in story.attempts] == [AttemptState.CLOSED, AttemptState.CANCELLED]
    assert (story.amount_due, story.disposition) == ("0.00 USD", "payment")
    assert [charge.amount.minor for charge in charges] == [4250]
    assert len(maria.calls()) == 1


async def test_a_page_that_is_open_while_a_call_is_answered_says_that_it_is_settled(
    open_bank: OpenBank, a_customer: Customers, patient: Content
) -> None:
    maria, clock = a_customer(owing="42.50", email=MARIA), MovableClock()
    maria.does("busy")
    async with paged_bank(open_bank, patient, clock) as paged:
        await paged.bank.calls(maria)
        await paged.bank.story_after(maria)
        url = await paged.writes_to(maria)
        menu = await paged.says_yes(url)
        confirms_the_name(maria.next_time()).presses("2").expects("To promise the payment of").presses("2")
        maria.expects("We have noted your promise")
        await paged.calls_again_now(maria)
        await maria.call_is_over(count=2)
        await paged.bank.story_after(maria, attempts=2)
        late = await paged.reader.sends(menu, "I do not agree")
        anew = await paged.reader.opens(url)
        story = await paged.bank.story(maria)
    for shown in (late, anew):
        assert "This is already settled." in shown.words
    assert story.responses == ("promised",)
    assert story.alerts == (("settled", "promised"),)


@pytest.fixture
def passing_on_by_link(edit: Edit) -> Content:
    """Return the shipped content with alerts that are passed on as `us-general` allows it: by link."""
    keys = "2: stop-contact\n      6: pass-on\n"
    edit.replace("dialplans/flows", "payment-overdue.yaml", "2: stop-contact\n", keys)
    flows = edit.replace("dialplans/flows", "payment-overdue.yaml", "  disputed:\n", AT_THE_MENU)
    terms = "retry: quick\nforward: {flow: forwarded, retry: quick}\n"
    rules = edit.replace(QUICK_RULES, "payment-overdue.yaml", "retry: quick\n", terms)
    return content_in(flows=flows, rules=rules)


def sends_the_link(customer: Customer) -> Customer:
    """Record something, and have the link sent."""
    begins_to_pass_on(customer).expects("We will send you a link").presses("1")
    customer.hears_out("Please speak after the tone").says(SAID).presses("#")
    return customer.expects("To keep your message").presses("1").expects("We are sending you the link")


@pytest.mark.full
async def test_a_link_that_is_passed_on_plays_the_voice_and_brings_a_call(
    open_bank: OpenBank, a_customer: Customers, phone_book: PhoneBook, passing_on_by_link: Content
) -> None:
    maria, ben = sends_the_link(a_customer(email=MARIA)), phone_book.somebody()
    ben.answers().expects("Maria Lopez has asked us to pass a message on to you").presses("1")
    ben.expects("This is what Maria Lopez says").expects("To talk to an agent").hangs_up()
    async with paged_bank(open_bank, passing_on_by_link, MovableClock()) as paged:
        await paged.bank.calls(maria)
        await maria.call_is_over()
        first = await paged.reader.opens(await paged.link())
        assert "Maria Lopez asked us to pass a message on to you." in first.words
        read = await paged.reader.sends(first, "Read the message")
        async with paged.reader.session.get(read.links["audio"]) as heard:
            sound = await heard.read()
        assert sound.startswith(b"RIFF")
        assert len(sound) > 8000
        await paged.reader.sends(read, "Call me", number=ben.number)
        paged.bank.engine.dispatcher.wake()
        await ben.call_is_over(within=WITH_SILENCE)
        story = await paged.bank.story_once(maria, of_both)
    assert [state for state, _ in story.alerts] == ["settled", "settled"]
    assert story.responses == ("forwarded",), "what somebody else says is no answer of the customer"
