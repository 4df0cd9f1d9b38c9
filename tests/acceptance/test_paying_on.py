"""In the shipped flows the vault takes a card, and the months that come are arranged by key."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from structlog.testing import LogCapture

from ivr.accounts.contact_point import Medium
from ivr.carrier.sound_match import SAME, heard_audio_matches
from ivr.clock import utc_now
from ivr.engine.messaging import Messaging
from ivr.engine.pay_automatically import pay_automatically
from ivr.engine.ports import NewCall, Transaction
from ivr.engine.raise_invitations import raise_invitations
from ivr.engine.telephony import Vault
from ivr.messaging.email import SmtpMessenger, SmtpServer
from ivr.payments.invitation import Invitation
from ivr.payments.monthly import Monthly
from ivr.switch.configuration import carrier_trunk
from ivr.switch.trunk import dial_string
from ivr.webhooks.http_webhooks import Endpoint
from tests.acceptance.bank import Bank, MovableClock
from tests.acceptance.conftest import OpenBank, content_in
from tests.acceptance.customers import Customer, Customers
from tests.acceptance.phone import Somebody
from tests.acceptance.test_automatic_payment import SAID
from tests.acceptance.test_links import BASE, MARIA
from tests.acceptance.test_nothing_leaks import assert_nowhere
from tests.acceptance.test_payment import pays_with_the_saved_card
from tests.acceptance.test_vault import ASKS, CARD, VaultDesk, address, desk, vault
from tests.asterisk_pair import AsteriskPair
from tests.mail_server import MailServer, mail_server

__all__ = ["address", "desk", "vault"]

pytestmark = pytest.mark.asterisk

BORN, KEYED = date(1985, 7, 31), "07311985"


@asynccontextmanager
async def posting() -> AsyncIterator[tuple[Messaging, MailServer]]:
    """Send e-mail to Maria, and nobody else."""
    async with mail_server() as server:
        smtp = SmtpServer("127.0.0.1", server.port, "none", "Sample Bank <service@bank.test>")
        yield (
            Messaging({Medium.EMAIL: SmtpMessenger(smtp, utc_now)}, frozenset({MARIA}), BASE),
            server,
        )


async def mails(server: MailServer, count: int) -> list[str]:
    """Return the subjects of so many mails, once they are there."""
    async with server.changed:
        await server.changed.wait_for(lambda: len(server.mails) >= count)
    return sorted(str(mail["Subject"]) for mail in server.mails)


def chooses_the_vault(maria: Customer) -> Customer:
    maria.expects("Hello, this is Sample Bank").presses("1")
    maria.expects("To pay with another card, press 7").presses("7")
    return maria.hears_out("You come back to us afterwards.").waits(timedelta(seconds=2))


@pytest.mark.full
async def test_the_vault_s_card_pays_and_is_what_automatic_payments_are_agreed_for(
    open_bank: OpenBank,
    vault: Somebody,
    address: str,
    desk: VaultDesk,
    a_customer: Customers,
    asterisk_pair: AsteriskPair,
    engine_log: LogCapture,
    caplog: pytest.LogCaptureFixture,
    tmp_path: Path,
) -> None:
    caplog.set_level(logging.DEBUG)
    vault.does("vault")
    clock = MovableClock()
    maria = chooses_the_vault(a_customer(owing="42.50", birth_date=BORN, email=MARIA))
    maria.presses(f"{CARD}#").expects("card ending in four four").expects("To pay forty-two dollars")
    maria.presses("1").expects("has been made").expects("by itself every month, press 1").presses("1")
    maria.expects("key in your date of birth").presses(f"{KEYED}#").expects("On the fifteenth of each month")
    maria.expects("To agree, press 1").presses("1").hears_out("and then press pound.").says(SAID)
    maria.presses("#").expects("we send you a copy in writing").records()
    endpoint = dial_string(carrier_trunk(asterisk_pair.carrier), vault.number)
    line, endpoints = Vault(endpoint, "vault", 5, 20), {"vault": Endpoint(address, b"k" * 32)}
    async with (
        posting() as (messaging, server),
        open_bank(
            content=content_in(),
            clock=clock,
            vault=line,
            endpoints=endpoints,
            messaging=messaging,
            monthly=frozenset({Monthly.AUTOMATIC}),
        ) as bank,
    ):
        await bank.calls(maria)
        await maria.call_is_over(within=timedelta(minutes=4))
        story = await bank.story_after(maria)
        assert (story.disposition, story.amount_due) == ("payment", "0.00 USD")
        assert await mails(server, 2) == [
            "Your automatic payments to Sample Bank",
            "Your payment to Sample Bank",
        ]
        store = bank.engine.store
        given = await store.read(lambda tx: tx.authorisations.of_account(f"A-{maria.id}"))
        assert given is not None
        assert [given.method_id] == desk.asked, "the card that the vault took"
        kept = await bank.recordings()
        await owes_again(bank, maria)
        clock.advance(timedelta(days=(given.next_on - clock().date()).days + 1))
        for _ in range(2):
            await pay_automatically(bank.engine.world, bank.engine.contents)
        assert len(await bank.gateway.charges()) == 2, "one in the call, one on the day"
        assert len(await mails(server, 3)) == 3
    asks = asterisk_pair.carrier.installation.data_folder / f"sounds/en/{ASKS}.wav"
    assert heard_audio_matches(await maria.heard(), asks) > SAME, "the customer hears the vault"
    assert [each.id for each in kept] == [given.recording], "nothing else of the call"
    for recording in kept:
        file = tmp_path / "recordings" / f"{recording.id}.wav"
        assert heard_audio_matches(file, asks) < 0.5, "no recording does"
    assert_nowhere((CARD, CARD[:12], CARD[4:], KEYED), tmp_path, asterisk_pair, engine_log, caplog)


async def owes_again(bank: Bank, customer: Customer) -> None:
    """Let the next month's bill come."""
    await bank.takes_in(customer)


async def test_an_invitation_is_asked_for_by_key_and_comes_in_writing_on_its_day(
    open_bank: OpenBank, a_customer: Customers
) -> None:
    clock = MovableClock()
    born = date(1980, 5, 17)
    maria = pays_with_the_saved_card(a_customer(owing="42.50", card="42", email=MARIA, birth_date=born))
    maria.expects("To be invited to pay every month, press 2").presses("213")
    maria.expects("We will invite you to pay every month")
    async with (
        posting() as (messaging, server),
        open_bank(clock=clock, messaging=messaging, monthly=frozenset({Monthly.INVITATION})) as bank,
    ):
        await bank.calls(maria)
        await maria.call_is_over()
        await bank.story_after(maria)
        store, engine = bank.engine.store, bank.engine
        given = await store.read(lambda tx: tx.invitations.of_account(f"A-{maria.id}"))
        assert given is not None
        assert (given.day, given.medium) == (1, Medium.EMAIL)
        await owes_again(bank, maria)
        clock.advance(timedelta(days=(given.next_on - clock().date()).days + 1))
        assert [await raise_invitations(engine.world, engine.contents) for _ in range(2)] == [1, 0]
        subjects = await mails(server, 2)
    assert subjects == ["Your monthly payment to Sample Bank", "Your payment to Sample Bank"]


@pytest.mark.full
async def test_who_wants_a_call_is_called_and_ends_the_invitations_by_key(
    open_bank: OpenBank, a_customer: Customers
) -> None:
    clock = by_day()
    maria = a_customer(owing="42.50", due_on=clock().date() + timedelta(days=9))
    maria.expects("calling as agreed").presses("1")
    maria.expects("As you asked, this is your monthly invitation to pay").presses("4")
    maria.expects("We will not invite you to pay any more")
    async with open_bank(content=content_in(rules=Path("alert_rules")), clock=clock) as bank:
        await bank.takes_in(maria)
        engine = bank.engine
        await engine.store.write(lambda tx: asked_before(tx, maria, engine.world.clock()))
        assert await raise_invitations(engine.world, engine.contents) == 1
        await bank.scans()
        await maria.call_is_over(within=timedelta(minutes=3))
        assert await engine.store.read(lambda tx: tx.invitations.of_account(f"A-{maria.id}")) is None


def by_day() -> MovableClock:
    """Return a clock at which people may be called: of last Tuesday at noon, in New York.

    Never ahead of the switch's own: a call's time would be over as soon as it is answered.
    """
    clock = MovableClock()
    days_back = (clock().weekday() - 1) % 7 or 7
    clock.set_to(clock().replace(hour=17) - timedelta(days=days_back))
    return clock


def asked_before(tx: Transaction, customer: Customer, now: datetime) -> None:
    """Let the customer have asked, in another call, to be called every month from today on."""
    tx.calls.open(NewCall("asked", None, "inbound", "", "carrier", None, "f", "v1", now))
    tx.invitations.give(
        Invitation(
            id="i1",
            customer_id=customer.id,
            account_id=f"A-{customer.id}",
            day=1,
            medium=Medium.VOICE,
            topic="payments",
            agreed_at=now,
            call_id="asked",
            words="f v1",
            next_on=(now - timedelta(days=1)).date(),
        )
    )
