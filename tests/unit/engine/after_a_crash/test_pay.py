"""A payment is made at most once, at whatever point the engine is killed."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from ivr.accounts.payment_method import PaymentMethod
from ivr.engine.content import Contents
from ivr.engine.pay import intent_id_of, pay, payment_result
from ivr.engine.reconcile_payments import IN_FLIGHT, reconcile_payments
from ivr.engine.world import World
from ivr.flows.effects import Pay
from ivr.gateways.sandbox import DECLINE, TIMEOUT_AFTER_CHARGE, TIMEOUT_BEFORE_CHARGE, SandboxGateway
from ivr.payments.intent import ChargeResult, IntentState, PaymentIntent
from tests.contract.samples import NOW, record, usd
from tests.unit.engine.after_a_crash.dying import Killed, Moment, dying

DUE = usd(12_345)
COMMAND = Pay(3, "a1", DUE, "m1", due=DUE)
TOKENS = ("tok_ok", TIMEOUT_BEFORE_CHARGE, TIMEOUT_AFTER_CHARGE)
POINTS = {
    "before the intent's row": Moment("write", 1, is_after=False),
    "after the row, before create": Moment("write", 1),
    "after create, before the id is stored": Moment("create"),
    "after the id is stored, before confirm": Moment("write", 2),
    "after confirm, before the result is stored": Moment("confirm"),
    "after the result is stored": Moment("write", 3),
}


@pytest.fixture(autouse=True)
async def _customer(world: World) -> None:
    await world.store.write(lambda tx: tx.customers.put(record(1)))


def sandbox(world: World) -> SandboxGateway:
    assert isinstance(world.gateway, SandboxGateway)
    return world.gateway


async def charges(world: World) -> int:
    return len(await sandbox(world).charges())


async def due(world: World, account_id: str = "a1") -> int:
    account = await world.store.read(lambda tx: tx.customers.account(account_id))
    assert account is not None
    return account.amount_due.minor


def later(world: World, span: timedelta = IN_FLIGHT) -> World:
    return replace(world, clock=lambda: NOW + timedelta(seconds=11) + span)


async def saved_as(world: World, token: str) -> None:
    """Have the customer's card behave like this."""
    known = record(1)
    [method] = known.payment_methods
    changed = replace(known, payment_methods=[replace(method, token=token)])
    await world.store.write(lambda tx: tx.customers.put(changed))


Life = Callable[[World, Contents], Awaitable[object]]


async def _picks_the_call_up(world: World, contents: Contents) -> None:
    assert (await pay(world, contents, "call", "c1", COMMAND)).result == "success"


async def _finds_the_call_over(world: World, contents: Contents) -> None:
    await payment_result(world, contents, "call", COMMAND)
    await reconcile_payments(world, contents)


async def _is_called_by_the_customer(world: World, contents: Contents) -> None:
    await pay(world, contents, "another call", "c1", replace(COMMAND, effect_id=1))


NEXT_LIVES: dict[str, Life] = {
    "the call is picked up": _picks_the_call_up,
    "the call is over": _finds_the_call_over,
    "another call pays": _is_called_by_the_customer,
}


@pytest.mark.parametrize("token", TOKENS)
@pytest.mark.parametrize("next_life", NEXT_LIVES)
@pytest.mark.parametrize("point", POINTS)
async def test_killed_at_any_point_it_is_charged_at_most_once_and_the_books_agree(
    world: World, contents: Contents, point: str, next_life: str, token: str
) -> None:
    await saved_as(world, token)
    with pytest.raises(Killed):
        await pay(dying(world, POINTS[point]), contents, "call", "c1", COMMAND)

    await NEXT_LIVES[next_life](world, contents)
    assert await reconcile_payments(later(world), contents) == 0

    charged = await charges(world)
    assert charged <= 1
    assert await due(world) == (0 if charged else DUE.minor)


@pytest.mark.parametrize("second", POINTS)
@pytest.mark.parametrize("first", POINTS)
async def test_killed_twice_it_is_charged_once(
    world: World, contents: Contents, first: str, second: str
) -> None:
    for point in (first, second):
        try:
            await pay(dying(world, POINTS[point]), contents, "call", "c1", COMMAND)
        except Killed:
            continue

    assert (await pay(world, contents, "call", "c1", COMMAND)).result == "success"
    assert await charges(world) == 1
    assert await due(world) == 0


async def killed_before_the_provider_heard(world: World) -> None:
    """Leave what an engine leaves that was killed between its own books and the provider's."""
    new = PaymentIntent(intent_id_of("call", COMMAND), "a1", COMMAND.amount, "m1", IntentState.PENDING)
    assert await world.store.write(lambda tx: tx.payments.open_intent(new, NOW)) is not None


async def test_the_same_payment_again_is_charged_once(world: World, contents: Contents) -> None:
    first = await pay(world, contents, "call", "c1", COMMAND)
    again = await pay(world, contents, "call", "c1", COMMAND)

    assert first.result == again.result == "success"
    assert await charges(world) == 1


async def test_a_decline_stays_one(world: World, contents: Contents) -> None:
    await saved_as(world, DECLINE)
    results = [(await pay(world, contents, "call", "c1", COMMAND)).result for _ in range(2)]
    assert results == ["declined"] * 2
    assert await charges(world) == 0


async def test_long_afterwards_it_is_not_begun_anew(world: World, contents: Contents) -> None:
    await killed_before_the_provider_heard(world)

    assert (await pay(later(world), contents, "call", "c1", COMMAND)).result == "declined"
    assert await charges(world) == 0


async def test_an_engine_that_wakes_up_after_its_payment_was_given_up_charges_nothing(
    world: World, contents: Contents
) -> None:
    """It stood still between the provider's answer and its own books."""
    gateway = sandbox(world)

    class Slow(SandboxGateway):
        async def create(self, intent: PaymentIntent, method: PaymentMethod) -> ChargeResult:
            created = await gateway.create(intent, method)
            assert await reconcile_payments(later(world), contents) == 0
            return created

    slow = replace(world, gateway=Slow(gateway._path))
    done = await pay(slow, contents, "call", "c1", COMMAND)

    assert (done.result, done.values["reason"]) == ("declined", "never_confirmed")
    assert await charges(world) == 0


async def test_of_a_call_that_is_over_the_result_is_told_and_nothing_is_charged(
    world: World, contents: Contents
) -> None:
    assert await payment_result(world, contents, "call", COMMAND) is None
    await killed_before_the_provider_heard(world)

    assert await payment_result(world, contents, "call", COMMAND) is None
    assert await charges(world) == 0

    await pay(world, contents, "call", "c1", COMMAND)
    done = await payment_result(world, contents, "call", COMMAND)
    assert done is not None
    assert done.result == "success"
