"""What a customer agreed to is charged on its day, once, whatever is done twice."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from ivr.calls.call_result import CallResult
from ivr.calls.recording import Recording, RecordingKind
from ivr.engine.authorise_payments import authorise_payments
from ivr.engine.host import Host
from ivr.engine.pay_automatically import pay_automatically
from ivr.flows.effects import AuthorisePayments
from ivr.gateways.sandbox import SandboxGateway
from ivr.payments.authorisation import AmountTerms, Authorisation
from tests.unit.engine.conftest import Engine
from tests.unit.engine.scripted import ScriptedCall, report


@pytest.fixture
def gateway(tmp_path: Path) -> SandboxGateway:
    return SandboxGateway(tmp_path / "provider.db")


@pytest.fixture
async def host(engine: Engine, gateway: SandboxGateway) -> Host:
    facts = await engine.placed()
    call_id, now = facts.attempt.id, engine.clock()
    call = ScriptedCall(call_id, report(call_id, now, CallResult.ANSWERED))
    voice = Recording("voice", RecordingKind.REMARK, call_id, None, now, now + timedelta(days=90), now, 4.0)
    await engine.store.write(lambda tx: tx.recordings.add(voice))
    host = engine.host(call, facts)
    return replace(host, world=replace(host.world, gateway=gateway))


async def agrees(
    host: Host, method: str | None = None, effect_id: int = 7
) -> tuple[str, Authorisation | None]:
    party = host.party
    assert party is not None
    account = party.account_id or ""
    methods = await host.world.store.read(lambda tx: tx.customers.payment_methods(party.customer_id))
    effect = AuthorisePayments(7, account, method or methods[0].id, "voice", AmountTerms.DUE, 15)
    done = await authorise_payments(host, party, effect)
    return done.result, await host.world.store.read(lambda tx: tx.authorisations.of_account(account))


async def test_words_voice_terms_and_day_are_written_down_and_the_voice_is_kept(host: Host) -> None:
    result, given = await agrees(host)
    assert result == "done"
    assert given is not None
    assert (given.call_id, given.recording, given.terms, given.day) == (
        host.call.call_id,
        "voice",
        AmountTerms.DUE,
        15,
    )
    assert given.words
    voice = await host.world.store.read(lambda tx: tx.recordings.get("voice"))
    assert voice is not None
    assert voice.keep_until - host.world.clock() > timedelta(days=3000)


async def test_the_same_again_after_a_crash_is_the_same_authorisation(host: Host) -> None:
    assert (await agrees(host))[1] == (await agrees(host))[1]


async def test_somebody_else_s_card_is_refused(host: Host) -> None:
    assert await agrees(host, "nobody's") == ("failed", None)


async def test_it_is_charged_on_its_day_and_once(host: Host, engine: Engine, gateway: SandboxGateway) -> None:
    _, given = await agrees(host)
    assert given is not None
    assert await pay_automatically(host.world, engine.contents) == 0, "its day has not come"
    days = (given.next_on - engine.clock().date()).days + 1
    engine.clock.advance(days=days)
    assert await pay_automatically(host.world, engine.contents) == 1
    assert await pay_automatically(host.world, engine.contents) == 0
    [charge] = await gateway.charges()
    assert charge.method_id == given.method_id
    after = await host.world.store.read(lambda tx: tx.authorisations.of_account(given.account_id))
    assert after is not None
    assert after.last_result == "success"
    assert after.next_on > given.next_on


async def test_a_day_that_is_worked_twice_before_it_is_written_down_is_one_charge(
    host: Host, engine: Engine, gateway: SandboxGateway
) -> None:
    _, given = await agrees(host)
    assert given is not None
    engine.clock.advance(days=(given.next_on - engine.clock().date()).days + 1)
    await pay_automatically(host.world, engine.contents)
    reset = given.next_on
    await host.world.store.write(lambda tx: tx.authorisations.paid(given.id, "", reset))
    await pay_automatically(host.world, engine.contents)
    assert len(await gateway.charges()) == 1


async def test_where_nothing_is_due_nothing_is_charged_and_the_next_month_comes(
    host: Host, engine: Engine, gateway: SandboxGateway
) -> None:
    _, given = await agrees(host)
    assert given is not None
    account = await host.world.store.read(lambda tx: tx.customers.account(given.account_id))
    assert account is not None
    owed, now = account.amount_due, engine.clock()
    await host.world.store.write(lambda tx: tx.customers.apply_payment(account.id, owed, "paid", now))
    engine.clock.advance(days=(given.next_on - engine.clock().date()).days + 1)
    assert await pay_automatically(host.world, engine.contents) == 0
    after = await host.world.store.read(lambda tx: tx.authorisations.of_account(given.account_id))
    assert await gateway.charges() == []
    assert after is not None
    assert after.last_result == "nothing_due"
    assert after.next_on > given.next_on
