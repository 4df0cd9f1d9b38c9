"""A customer ends automatic payments by key: at once, once, and told in writing."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any, cast

import pytest

from ivr.accounts.contact_point import ContactPoint, Medium
from ivr.calls.call_result import CallResult
from ivr.engine.end_authorisation import end_authorisation
from ivr.engine.host import Host
from ivr.engine.messaging import Messaging, Messenger
from ivr.engine.opt_out import opt_out
from ivr.engine.pay_automatically import pay_automatically
from ivr.engine.ports import CustomerRecord
from ivr.flows.effects import EndAuthorisation
from ivr.flows.events import EffectDone
from ivr.flows.on_the_line import Party
from ivr.messages.message import Message, MessageState
from ivr.payments.authorisation import AmountTerms, Authorisation
from ivr.payments.monthly import Monthly
from tests.contract.samples import record
from tests.unit.engine.conftest import Engine
from tests.unit.engine.scripted import ScriptedCall, report

MARIA = "maria@example.com"
PARTY = Party("c1", "a1", topic="payments")


@dataclass
class Bank:
    """An engine in a call with a customer who agreed to automatic payments."""

    engine: Engine
    host: Host

    async def ends(self, account_id: str = "a1", party: Party = PARTY) -> EffectDone:
        return await end_authorisation(self.host, party, EndAuthorisation(7, account_id))

    async def lasting(self) -> Authorisation | None:
        return await self.engine.store.read(lambda tx: tx.authorisations.of_account("a1"))

    async def written(self) -> list[Message]:
        until = self.engine.clock() + timedelta(days=40)
        found = await self.engine.store.read(lambda tx: tx.messages.due(MessageState.QUEUED, until, 9))
        return list(found)


@pytest.fixture
async def bank(engine: Engine) -> Bank:
    facts = await engine.placed()
    known, now = record(1), engine.clock()
    email = ContactPoint("e1", "c1", Medium.EMAIL, MARIA)
    whole = CustomerRecord(
        known.customer, known.accounts, [*known.contact_points, email], known.payment_methods
    )
    call_id = facts.attempt.id
    given = Authorisation(
        *("given", "c1", "a1", known.payment_methods[0].id, AmountTerms.DUE, 15, now, call_id, "words"),
        recording=None,
        next_on=now.date() + timedelta(days=1),
    )
    await engine.store.write(lambda tx: tx.customers.put(whole))
    await engine.store.write(lambda tx: tx.authorisations.give(given))
    messaging = Messaging({Medium.EMAIL: cast("Messenger", None)}, frozenset({MARIA}), "https://pay.test/l")
    engine.world = replace(engine.world, messaging=messaging, monthly=frozenset({Monthly.AUTOMATIC}))
    return Bank(engine, engine.host(ScriptedCall(call_id, report(call_id, now, CallResult.ANSWERED)), facts))


async def test_nothing_is_charged_by_itself_from_the_key_on(bank: Bank) -> None:
    assert (await bank.ends()).result == "done"
    assert await bank.lasting() is None
    bank.engine.clock.advance(days=40)
    assert await pay_automatically(bank.engine.world, bank.engine.contents) == 0
    assert bank.engine.gateway.confirmed == []
    ended = await bank.engine.store.read(lambda tx: tx.authorisations.get("given"))
    assert ended is not None
    assert (ended.ended_by, ended.ended_at is not None) == ("customer", True)


async def test_the_customer_is_told_in_writing_once(bank: Bank) -> None:
    assert [(await bank.ends()).result for _ in range(2)] == ["done", "done"], "a crash asks for it again"
    [message] = await bank.written()
    assert (message.template, message.address) == ("authorisation-ended", MARIA)
    assert "On March 2, 2026 you ended the automatic payments on your card account" in message.body
    assert "ending in" in message.body


def in_writing(done: EffectDone) -> object:
    return cast("dict[str, Any]", done.values["result"])["in_writing"]


async def test_the_call_says_so_where_the_customer_is_told_in_writing(bank: Bank) -> None:
    assert in_writing(await bank.ends()) is True


async def opts_out(bank: Bank) -> None:
    now = bank.engine.clock()
    await bank.engine.store.write(lambda tx: opt_out(tx, "c1", MARIA, None, "email", now))


async def is_under_a_profile_that_forbids_it(bank: Bank) -> None:
    live = bank.engine.contents.live
    held = live.flows["payment-overdue"].model_copy(update={"profile": "us-debt-collection"})
    bank.engine.contents.go_live(replace(live, flows={**live.flows, "payment-overdue": held}))


async def address_is_wrong(bank: Bank) -> None:
    now = bank.engine.clock()
    await bank.engine.store.write(lambda tx: tx.customers.mark_unusable("e1", now))


@pytest.mark.parametrize("hinders", [opts_out, is_under_a_profile_that_forbids_it, address_is_wrong])
async def test_where_nothing_can_be_written_it_ends_and_the_call_says_nothing_of_writing(
    bank: Bank, hinders: Callable[[Bank], Awaitable[None]]
) -> None:
    await hinders(bank)
    done = await bank.ends()
    assert (done.result, in_writing(done)) == ("done", False)
    assert (await bank.lasting(), await bank.written()) == (None, [])


async def test_the_call_offers_to_agree_anew_and_not_to_end_it_again(bank: Bank) -> None:
    done = await bank.ends()
    payments = cast("dict[str, Any]", done.values["payments"])
    assert (payments["authorised"], payments["automatic"]) == (None, True)


async def test_somebody_elses_account_keeps_its_own(bank: Bank) -> None:
    await bank.engine.store.write(lambda tx: tx.customers.put(record(2)))
    assert (await bank.ends("a1", Party("c2", "a2"))).result == "failed"
    assert (await bank.ends("nobodys")).result == "failed"
    assert await bank.lasting() is not None
    assert await bank.written() == []


async def test_who_has_taken_an_account_over_is_told_nothing_of_whose_card_it_was(bank: Bank) -> None:
    other, mine = record(2), record(1).accounts[0]
    sold = replace(other, accounts=[*other.accounts, replace(mine, customer_id="c2")])
    await bank.engine.store.write(lambda tx: tx.customers.put(sold))
    assert (await bank.ends("a1", Party("c2", "a1"))).result == "done"
    assert (await bank.lasting(), await bank.written()) == (None, [])
