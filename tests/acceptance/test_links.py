"""A customer asks for a link by key in a call, and a real mail server has it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest

from ivr.accounts.contact_point import Medium
from ivr.clock import utc_now
from ivr.engine.deliver_messages import deliver_messages
from ivr.engine.messaging import Messaging
from ivr.engine.open_link import LinkState, OpenedLink, open_link
from ivr.gateways.sandbox import REQUIRES_ACTION
from ivr.messaging.email import SmtpMessenger, SmtpServer
from tests.acceptance.bank import Bank
from tests.acceptance.conftest import OpenBank
from tests.acceptance.customers import Customers
from tests.acceptance.test_answers import confirms_the_name
from tests.acceptance.test_payment import pays_with_the_saved_card
from tests.mail_server import MailServer, mail_server

pytestmark = pytest.mark.asterisk

MARIA = "maria@example.com"
BASE = "https://bank.test/l"


@dataclass
class Posted:
    """A bank that sends e-mail, and the server that takes it."""

    bank: Bank
    server: MailServer

    async def has_mail(self) -> str:
        """Return the words of the only mail, once it is there."""
        async with self.server.changed:
            await self.server.changed.wait_for(lambda: bool(self.server.mails))
        [mail] = self.server.mails
        return str(mail.get_content())

    async def opens(self, words: str) -> OpenedLink:
        """Open the link in a mail."""
        token, now = words.partition(f"{BASE}/")[2].split()[0], utc_now()
        opened = await self.bank.engine.store.write(lambda tx: open_link(tx, token, now))
        assert opened is not None
        return opened


@pytest.fixture
async def posted(open_bank: OpenBank) -> AsyncIterator[Posted]:
    async with mail_server() as server:
        smtp = SmtpServer("127.0.0.1", server.port, "none", "Sample Bank <service@bank.test>")
        messenger = SmtpMessenger(smtp, utc_now)
        messaging = Messaging({Medium.EMAIL: messenger}, frozenset({MARIA}), BASE)
        async with open_bank(messaging=messaging) as bank:
            yield Posted(bank, server)


async def test_the_key_for_a_link_brings_one_mail_with_a_link_that_opens(
    posted: Posted, a_customer: Customers
) -> None:
    maria = confirms_the_name(a_customer(owing="42.50", email=MARIA))
    maria.expects("To get a link to pay, press 6").presses("6")
    maria.expects("We are sending you an e-mail with a link to pay").expects("Goodbye")
    await posted.bank.calls(maria)
    await maria.call_is_over()
    words = await posted.has_mail()
    assert posted.server.recipients == [MARIA]
    assert posted.server.mails[0]["Subject"] == "Your payment to Sample Bank"
    assert "Hello Maria," in words
    assert "link to pay $42.50" in words
    opened = await posted.opens(words)
    assert (opened.state, opened.account and opened.account.id) == (LinkState.OPEN, f"A-{maria.id}")

    await deliver_messages(posted.bank.engine.world, posted.bank.engine.contents)
    assert len(posted.server.mails) == 1


@pytest.mark.full
async def test_a_payment_that_the_bank_wants_approved_becomes_a_link_to_its_page(
    posted: Posted, a_customer: Customers
) -> None:
    hal = a_customer(owing="42.50", card="42", saved_as=REQUIRES_ACTION, email=MARIA)
    pays_with_the_saved_card(hal).expects("Your bank asks you to approve this payment").expects("Goodbye")
    await posted.bank.calls(hal)
    await hal.call_is_over()
    words = await posted.has_mail()
    assert "Your bank asks you to approve your payment" in words
    go_to = (await posted.opens(words)).link.page
    assert go_to is not None
    assert go_to.startswith("https://sandbox.invalid/sandbox_")
    assert go_to not in words
    assert await posted.bank.gateway.charges() == []
    [account] = hal.record.accounts
    [intent] = await posted.bank.engine.store.read(lambda tx: tx.payments.unresolved(account.id))
    assert (await posted.bank.gateway.agree(intent)).state.value == "succeeded"


@pytest.mark.full
async def test_who_has_no_address_is_not_offered_a_link_and_told_so_at_the_key(
    posted: Posted, a_customer: Customers
) -> None:
    ben = confirms_the_name(a_customer(owing="42.50"))
    ben.presses("6").expects("we cannot send you a link").expects("To promise a payment, press 2").hangs_up()
    await posted.bank.calls(ben)
    await ben.call_is_over()
    assert "link to pay, press 6" not in " ".join(ben.heard_words())
    assert posted.server.mails == []
