"""The page of a payment is sent twice at once: money is taken once, and what was taken is in the books."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from ivr.accounts.payment_method import PaymentMethod
from ivr.clock import Clock
from ivr.engine.pay import intent_id_of
from ivr.engine.pay_by_link import pay_by_link
from ivr.engine.reconcile_payments import resolve_payment
from ivr.errors import GatewayError
from ivr.flows.effects import Pay
from ivr.flows.events import EffectDone
from ivr.gateways.sandbox import SandboxGateway
from ivr.money import Money
from ivr.payments.intent import ChargeResult, IntentState, PaymentIntent
from tests.unit.engine.conftest import Engine
from tests.unit.engine.test_pay_by_link import begun, said

DUE = Money(12_345, "USD")
COMMAND = Pay(0, "a1", DUE, "m1", due=DUE, by_link=True)


class Busy(SandboxGateway):
    """Takes its time over a request, and refuses others with the same key meanwhile."""

    def __init__(self, path: Path, clock: Clock) -> None:
        super().__init__(path, clock)
        self.creating, self.goes_on = asyncio.Event(), asyncio.Event()
        self.confirming, self.may_confirm = asyncio.Event(), asyncio.Event()
        self.refusals = 0

    async def create(self, intent: PaymentIntent, method: PaymentMethod) -> ChargeResult:
        if self.creating.is_set():
            self.refusals += 1
            if self.refusals == 2:
                self.goes_on.set()
                await self.confirming.wait()
            raise GatewayError("HTTP 409, idempotency_key_in_use")
        self.creating.set()
        await self.goes_on.wait()
        return await super().create(intent, method)

    async def confirm(self, intent: PaymentIntent) -> ChargeResult:
        self.confirming.set()
        await self.may_confirm.wait()
        return await super().confirm(intent)


@pytest.fixture
def busy(engine: Engine, tmp_path: Path) -> Busy:
    busy = Busy(tmp_path / "provider.db", engine.clock)
    engine.world = replace(engine.world, gateway=busy)
    return busy


async def owed(engine: Engine) -> int:
    account = await engine.store.read(lambda tx: tx.customers.account("a1"))
    assert account is not None
    return account.amount_due.minor


async def kept(engine: Engine) -> PaymentIntent:
    found = await engine.store.read(lambda tx: tx.payments.get(intent_id_of("page/1", COMMAND)))
    assert found is not None
    return found


async def test_the_second_of_two_taps_declines_nothing_that_the_first_is_charging(
    engine: Engine, busy: Busy
) -> None:
    payment = await begun(engine)

    async def taps() -> EffectDone:
        return await pay_by_link(engine.world, engine.contents, "c1", payment, COMMAND)

    async with asyncio.timeout(30), asyncio.TaskGroup() as both:
        first = both.create_task(taps())
        await busy.creating.wait()
        second = await taps()
        assert second.result == "provider_error", "nobody knows yet"
        assert (await kept(engine)).state.is_open
        busy.may_confirm.set()
    assert (await first).result == "success"
    assert ((await kept(engine)).state, await owed(engine)) == (IntentState.SUCCEEDED, 0)
    assert len(await busy.charges()) == 1
    assert [told["disposition"] for told in await said(engine)] == ["payment"]


async def test_what_was_charged_is_booked_once_though_the_books_had_it_as_over(engine: Engine) -> None:
    await engine.find(1)
    new = PaymentIntent("i1", "a1", DUE, "m1", IntentState.PENDING)
    now = engine.clock()
    intent = await engine.store.write(lambda tx: tx.payments.open_intent(new, now))
    assert intent is not None
    over = ChargeResult(IntentState.DECLINED, reason="provider_unreachable")
    await engine.store.write(lambda tx: tx.payments.resolve("i1", over, now))
    paid = ChargeResult(IntentState.SUCCEEDED, "p1")
    with capture_logs() as logs:
        for _ in range(2):
            await resolve_payment(engine.world, engine.contents, intent, paid)
    assert await owed(engine) == 0
    found = await engine.store.read(lambda tx: tx.payments.get("i1"))
    assert found is not None
    assert (found.state, found.reason) == (IntentState.SUCCEEDED, None)
    [loud] = [line for line in logs if line["log_level"] == "error"]
    assert loud["event"] == "a payment was charged that was over"
