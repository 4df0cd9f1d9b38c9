"""Who asked for it is invited to pay on their day: once a month, where something is due and nothing rests."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, cast

import pytest
import sqlalchemy as sa
import structlog

from ivr.accounts.account_event import AccountEventKind
from ivr.accounts.contact_point import ContactPoint, Medium
from ivr.accounts.hold import Hold, HoldKind
from ivr.attempts.attempt import AttemptState
from ivr.calls.call_result import CallResult
from ivr.engine.host import Host
from ivr.engine.invite_monthly import end_invitation, invite_monthly
from ivr.engine.messaging import Messaging, Messenger
from ivr.engine.opt_out import opt_out
from ivr.engine.ports import CustomerRecord
from ivr.engine.raise_invitations import raise_invitations
from ivr.engine.scan_rule import scan_rule
from ivr.flows.effects import EndInvitation, InviteMonthly
from ivr.flows.on_the_line import Party
from ivr.messages.message import Message, MessageState
from ivr.payments.gateway import HostedPages
from ivr.payments.invitation import Invitation
from ivr.store.sql_store import SqlStore
from ivr.store.tables.customers import customers, payment_methods
from ivr.store.tables.invitations import invitations
from ivr.store.transaction import SqlTransaction
from tests.contract.samples import record, usd
from tests.unit.engine.conftest import Engine
from tests.unit.engine.scripted import ScriptedCall, report

NUMBER = "+12025550188"
RULE = "payment-invitation"
PARTY = Party("c1", "a1", topic="payments")


@dataclass
class Bank:
    """An engine in a call with a customer who owes something."""

    engine: Engine
    host: Host

    async def is_asked_for(self, medium: str = "voice", day: int = 10) -> str:
        effect = InviteMonthly(7, "a1", day, medium)
        return (await invite_monthly(self.host, PARTY, effect)).result

    async def raises(self) -> int:
        return await raise_invitations(self.engine.world, self.engine.contents)

    async def lasting(self) -> Invitation | None:
        return await self.engine.store.read(lambda tx: tx.invitations.of_account("a1"))

    async def day_comes(self) -> None:
        invitation = await self.lasting()
        assert invitation is not None
        self.engine.clock.advance(days=(invitation.next_on - self.engine.clock().date()).days)

    async def invited_on(self) -> date | None:
        account = await self.engine.store.read(lambda tx: tx.customers.account("a1"))
        assert account is not None
        return account.events.get(AccountEventKind.PAYMENT_INVITATION)

    async def alerts(self) -> int:
        """Let the shipped rule look; return how many calls it wants."""
        engine = self.engine
        rule = engine.contents.live.book.rules[RULE]
        return (await scan_rule(engine.world, engine.contents, rule, engine.clock())).alerts

    async def written(self) -> list[Message]:
        until = self.engine.clock() + timedelta(days=40)
        found = await self.engine.store.read(lambda tx: tx.messages.due(MessageState.QUEUED, until, 9))
        return list(found)


@pytest.fixture
async def bank(engine: Engine) -> Bank:
    messaging = Messaging(
        {Medium.SMS: cast("Messenger", object())}, frozenset({NUMBER}), "https://bank.test/l"
    )
    engine.world = replace(engine.world, messaging=messaging)
    facts = await engine.placed()
    known = record(1)
    sms = ContactPoint("s1", "c1", Medium.SMS, NUMBER)
    customer = replace(known.customer, birth_date=date(1980, 5, 17))
    whole = CustomerRecord(customer, known.accounts, [*known.contact_points, sms], known.payment_methods)
    await engine.store.write(lambda tx: tx.customers.put(whole))
    call_id = facts.attempt.id
    call = ScriptedCall(call_id, report(call_id, engine.clock(), CallResult.ANSWERED))
    return Bank(engine, engine.host(call, facts))


async def test_the_wish_is_written_down_with_its_evidence_once(bank: Bank) -> None:
    for _ in range(2):
        assert await bank.is_asked_for() == "done"
    invitation = await bank.lasting()
    assert invitation is not None
    assert (invitation.day, invitation.medium, invitation.topic) == (10, Medium.VOICE, "payments")
    assert (invitation.call_id, invitation.next_on) == (bank.host.call.call_id, date(2026, 3, 10))
    assert invitation.words


async def test_somebody_else_s_account_is_refused(bank: Bank) -> None:
    await bank.engine.store.write(lambda tx: tx.customers.put(record(2)))
    effect = InviteMonthly(7, "a2", 10, "voice")
    assert (await invite_monthly(bank.host, PARTY, effect)).result == "failed"


async def test_before_the_day_nobody_is_invited_and_on_it_once(bank: Bank) -> None:
    await bank.is_asked_for()
    assert await bank.raises() == 0
    await bank.day_comes()
    assert [await bank.raises() for _ in range(3)] == [1, 0, 0]
    assert await bank.invited_on() == date(2026, 3, 10)
    invitation = await bank.lasting()
    assert invitation is not None
    assert invitation.next_on == date(2026, 4, 10)


async def test_a_day_worked_twice_before_it_is_written_down_is_one_event(bank: Bank) -> None:
    await bank.is_asked_for()
    await bank.day_comes()
    await bank.raises()
    invitation = await bank.lasting()
    assert invitation is not None
    march = date(2026, 3, 10)
    await bank.engine.store.write(lambda tx: tx.invitations.worked(invitation.id, march, None))
    bank.engine.clock.advance(days=1)
    await bank.raises()
    assert await bank.invited_on() == march, "the event of March is there already"


async def test_the_shipped_rule_calls_who_wants_a_call_once_a_month(bank: Bank) -> None:
    await bank.is_asked_for("voice")
    await bank.day_comes()
    await bank.raises()
    assert [await bank.alerts() for _ in range(2)] == [1, 0]
    [attempt] = await bank.engine.attempts(AttemptState.READY)
    alert = await bank.engine.store.read(lambda tx: tx.alerts.get(attempt.alert_id))
    assert alert.rule == RULE
    assert await bank.written() == []


async def test_who_wants_it_in_writing_gets_one_message_with_a_link_and_no_call(bank: Bank) -> None:
    await bank.is_asked_for("sms")
    await bank.day_comes()
    for _ in range(2):
        await bank.raises()
    [message] = await bank.written()
    assert (message.address, message.template) == (NUMBER, "payment-invitation")
    assert "as you asked, $123.45 is due" in message.body
    assert message.link_id is not None
    assert await bank.alerts() == 0


async def test_without_an_address_by_then_it_is_a_call(bank: Bank) -> None:
    await bank.is_asked_for("email")
    await bank.day_comes()
    assert await bank.raises() == 1
    assert await bank.written() == []
    assert await bank.alerts() == 1


@pytest.mark.parametrize("stop", ["opted_out", "unusable"])
async def test_an_address_that_may_not_be_used_makes_no_call_of_it(bank: Bank, stop: str) -> None:
    await bank.is_asked_for("sms")
    now = bank.engine.clock()
    if stop == "opted_out":  # by an answer to a message: of the number alone nobody is known
        await bank.engine.store.write(lambda tx: opt_out(tx, None, NUMBER, None, "sms", now))
    else:
        await bank.engine.store.write(lambda tx: tx.customers.mark_unusable("s1", now))
    await bank.day_comes()
    with structlog.testing.capture_logs() as logged:
        assert [await bank.raises() for _ in range(2)] == [0, 0]
    assert [each["event"] for each in logged] == ["nobody is invited this month: no address may be used"]
    assert (await bank.written(), await bank.alerts(), await bank.invited_on()) == ([], 0, None)
    assert ((lasting := await bank.lasting()) and lasting.next_on) == date(2026, 4, 10)


async def test_without_a_saved_method_by_then_it_is_a_call(bank: Bank) -> None:
    await bank.is_asked_for("sms")
    customer_id = PARTY.customer_id
    await bank.engine.store.write(lambda tx: forgets_methods(tx, customer_id))
    await bank.day_comes()
    assert await bank.raises() == 1
    assert await bank.written() == [], "the page behind the link could take nothing"
    assert await bank.alerts() == 1


async def test_without_a_saved_method_the_link_leads_to_the_providers_page_where_there_is_one(
    bank: Bank,
) -> None:
    bank.engine.world = replace(bank.engine.world, hosted_pages=cast("HostedPages", object()))
    await bank.is_asked_for("sms")
    await bank.engine.store.write(lambda tx: forgets_methods(tx, PARTY.customer_id))
    await bank.day_comes()
    assert await bank.raises() == 1
    assert len(await bank.written()) == 1


@pytest.mark.parametrize("has_card", [True, False])
async def test_who_could_not_prove_to_be_them_on_the_page_is_called(bank: Bank, has_card: bool) -> None:
    bank.engine.world = replace(bank.engine.world, hosted_pages=cast("HostedPages", object()))
    await bank.is_asked_for("sms")
    if not has_card:
        await bank.engine.store.write(lambda tx: forgets_methods(tx, PARTY.customer_id))
    await bank.engine.store.write(forgets_what_proves)
    await bank.day_comes()
    assert await bank.raises() == 1
    assert await bank.written() == [], "the page behind the link would turn them away"
    assert await bank.alerts() == 1


def forgets_what_proves(tx: SqlTransaction) -> None:
    """Leave nothing that only the customer knows."""
    theirs = customers.c.id == PARTY.customer_id
    tx.connection.execute(sa.update(customers).where(theirs).values(birth_date=None))


def forgets_methods(tx: SqlTransaction, customer_id: str) -> None:
    """Leave no way to pay on file."""
    theirs = payment_methods.c.customer_id == customer_id
    tx.connection.execute(sa.delete(payment_methods).where(theirs))


@pytest.mark.parametrize("topic", ["payments", None])
async def test_of_a_talk_without_a_matter_it_ends_with_the_opt_out_of_the_rule_s_topic(
    bank: Bank, topic: str | None
) -> None:
    await invite_monthly(bank.host, Party("c1", "a1"), InviteMonthly(7, "a1", 10, "sms"))
    assert ((lasting := await bank.lasting()) and lasting.topic) == "payments"
    now = bank.engine.clock()
    await bank.engine.store.write(lambda tx: opt_out(tx, "c1", None, topic, "keypad", now))
    assert await bank.lasting() is None


async def test_an_older_one_without_a_topic_heeds_the_opt_out_all_the_same(bank: Bank) -> None:
    await bank.is_asked_for("sms")
    now = bank.engine.clock()
    await bank.engine.store.write(lambda tx: tx.connection.execute(sa.update(invitations).values(topic=None)))
    await bank.engine.store.write(lambda tx: opt_out(tx, "c1", None, "payments", "keypad", now))
    await bank.day_comes()
    assert await bank.raises() == 0
    assert (await bank.written(), await bank.alerts()) == ([], 0)


async def test_where_nothing_is_due_the_next_month_comes(bank: Bank) -> None:
    await bank.is_asked_for()
    now = bank.engine.clock()
    await bank.engine.store.write(lambda tx: tx.customers.apply_payment("a1", usd(12_345), "paid", now))
    await bank.day_comes()
    assert await bank.raises() == 0
    assert await bank.invited_on() is None
    assert ((lasting := await bank.lasting()) and lasting.next_on) == date(2026, 4, 10)


@pytest.mark.parametrize("kind", [HoldKind.DISPUTED, HoldKind.BANKRUPT, HoldKind.DECEASED])
async def test_a_hold_puts_it_off_until_it_is_over(bank: Bank, kind: HoldKind) -> None:
    await bank.is_asked_for()
    await bank.day_comes()
    now = bank.engine.clock()
    hold = Hold("h1", kind, "c1", None, None, now, None, "ada")
    await bank.engine.store.write(lambda tx: tx.holds.place(hold))
    assert await bank.raises() == 0
    assert await bank.invited_on() is None
    bank.engine.clock.advance(days=2)
    later = bank.engine.clock()
    await bank.engine.store.write(lambda tx: tx.holds.lift("h1", "ada", later))
    assert await bank.raises() == 1
    assert await bank.invited_on() == date(2026, 3, 12)


async def test_while_a_hold_lasts_nothing_is_written_however_often_it_is_looked_at(
    bank: Bank, monkeypatch: pytest.MonkeyPatch
) -> None:
    await bank.is_asked_for()
    await bank.day_comes()
    now = bank.engine.clock()
    hold = Hold("h1", HoldKind.DISPUTED, "c1", None, None, now, None, "ada")
    await bank.engine.store.write(lambda tx: tx.holds.place(hold))
    writes, write = [], SqlStore.write

    async def counted(store: SqlStore, work: Any) -> Any:
        writes.append(work)
        return await write(store, work)

    monkeypatch.setattr(SqlStore, "write", counted)
    assert [await bank.raises() for _ in range(3)] == [0, 0, 0]
    assert writes == []


async def test_a_key_ends_it(bank: Bank) -> None:
    await bank.is_asked_for()
    done = await end_invitation(bank.host, PARTY, EndInvitation(8, "a1"))
    assert (done.result, await bank.lasting()) == ("done", None)


@pytest.mark.parametrize("topic", ["payments", None])
async def test_an_opt_out_ends_it(bank: Bank, topic: str | None) -> None:
    await bank.is_asked_for()
    now = bank.engine.clock()
    await bank.engine.store.write(lambda tx: opt_out(tx, "c1", None, topic, "keypad", now))
    assert await bank.lasting() is None
    bank.engine.clock.advance(days=10)
    assert await bank.raises() == 0


async def test_an_opt_out_of_something_else_leaves_it(bank: Bank) -> None:
    await bank.is_asked_for()
    now = bank.engine.clock()
    await bank.engine.store.write(lambda tx: opt_out(tx, "c1", None, "orders", "keypad", now))
    assert await bank.lasting() is not None


async def test_an_account_that_has_become_another_customer_s_ends_it(bank: Bank) -> None:
    await bank.is_asked_for()
    await bank.day_comes()
    other, mine = record(2), record(1).accounts[0]
    sold = replace(other, accounts=[*other.accounts, replace(mine, customer_id="c2")])
    await bank.engine.store.write(lambda tx: tx.customers.put(sold))
    assert await bank.raises() == 0
    assert await bank.lasting() is None


async def test_months_without_an_engine_are_not_made_up_for(bank: Bank) -> None:
    await bank.is_asked_for()
    bank.engine.clock.advance(days=100)
    assert [await bank.raises() for _ in range(2)] == [1, 0]
    assert ((lasting := await bank.lasting()) and lasting.next_on) == date(2026, 7, 10)
