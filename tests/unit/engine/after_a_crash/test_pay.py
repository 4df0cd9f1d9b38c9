"""A payment is made at most once, whatever fails in between."""

from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import timedelta

import pytest

from ivr.engine.pay import IN_FLIGHT, pay, payment_result
from ivr.engine.world import World
from ivr.flows.effects import Pay
from ivr.gateways.sandbox import SandboxGateway
from ivr.payments.intent import IntentState, PaymentIntent
from tests.contract.samples import NOW, record, usd

COMMAND = Pay(3, "a1", usd(12_345), "m1")


@pytest.fixture(autouse=True)
async def _customer(world: World) -> None:
    await world.store.write(lambda tx: tx.customers.put(record(1)))


async def charges(world: World) -> int:
    assert isinstance(world.gateway, SandboxGateway)
    return len(await world.gateway.charges())


async def killed_before_the_provider_heard(world: World) -> None:
    """Leave what an engine leaves that was killed between its own books and the provider's."""
    intent_id = uuid.uuid5(uuid.NAMESPACE_OID, f"call/{COMMAND.effect_id}").hex
    intent = PaymentIntent(intent_id, "a1", COMMAND.amount, "m1", IntentState.PENDING)
    assert await world.store.write(lambda tx: tx.payments.open_intent(intent, NOW)) is not None


async def test_the_same_payment_again_is_charged_once(world: World) -> None:
    first = await pay(world, "call", "c1", COMMAND)
    again = await pay(world, "call", "c1", COMMAND)

    assert first.result == again.result == "success"
    assert await charges(world) == 1


async def test_a_payment_that_never_reached_the_provider_is_made_when_the_call_is_picked_up(
    world: World,
) -> None:
    await killed_before_the_provider_heard(world)

    assert (await pay(world, "call", "c1", COMMAND)).result == "success"
    assert await charges(world) == 1


async def test_long_afterwards_it_is_not_begun_anew(world: World) -> None:
    await killed_before_the_provider_heard(world)
    later = replace(world, clock=lambda: NOW + IN_FLIGHT + timedelta(seconds=11))

    assert (await pay(later, "call", "c1", COMMAND)).result == "declined"
    assert await charges(later) == 0


async def test_of_a_call_that_is_over_the_result_is_told_and_nothing_is_charged(world: World) -> None:
    assert await payment_result(world, "call", COMMAND) is None
    await killed_before_the_provider_heard(world)

    assert await payment_result(world, "call", COMMAND) is None
    assert await charges(world) == 0

    await pay(world, "call", "c1", COMMAND)
    done = await payment_result(world, "call", COMMAND)
    assert done is not None
    assert done.result == "success"
