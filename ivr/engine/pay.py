"""Charge a saved method, at most once, whatever fails in between.

The intent is on disk before the provider is asked. An intent that nobody knows the end of is looked up
before anything else is charged to that account.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass

import structlog

from ivr.engine.ports import Transaction
from ivr.engine.world import World
from ivr.errors import GatewayError
from ivr.flows.commands import Pay
from ivr.flows.events import EffectDone
from ivr.payments.intent import ChargeResult, IntentState, PaymentIntent

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class _Opened:
    intent: PaymentIntent | None
    """None while an older intent of the account has no known end."""


async def pay(world: World, customer_id: str, command: Pay) -> EffectDone:
    """Carry out a Pay command; the result is `success`, `declined` or `provider_error`."""
    await reconcile_payments(world, command.account_id)
    method = next(
        (
            method
            for method in await world.store.read(lambda tx: tx.customers.payment_methods(customer_id))
            if method.id == command.method_id
        ),
        None,
    )
    if method is None:
        return EffectDone(command.effect_id, "provider_error", {"reason": "no_such_method"})
    intent = PaymentIntent(
        uuid.uuid4().hex, command.account_id, command.amount, method.id, IntentState.PENDING
    )
    opened = await world.store.write(lambda tx: _Opened(tx.payments.open_intent(intent, world.clock())))
    if opened.intent is None:
        return EffectDone(command.effect_id, "provider_error", {"reason": "earlier_payment_unresolved"})
    try:
        result = await world.gateway.charge(intent, method)
    except GatewayError as error:
        log.warning("payment provider gave no answer", intent=intent.id, error=str(error))
        result = await _looked_up(world, intent)
    await _resolve(world, intent, result)
    return EffectDone(command.effect_id, _RESULT_NAMES[result.state], {"intent": intent.id})


_RESULT_NAMES = {
    IntentState.SUCCEEDED: "success",
    IntentState.DECLINED: "declined",
    IntentState.PENDING: "provider_error",
    IntentState.UNKNOWN: "provider_error",
}


async def reconcile_payments(world: World, account_id: str | None = None) -> int:
    """Look up every intent without a known end (of one account, or of all); return how many are left."""
    left = 0
    for intent in await world.store.read(lambda tx: tx.payments.unresolved(account_id)):
        result = await _looked_up(world, intent)
        await _resolve(world, intent, result)
        left += result.state is IntentState.UNKNOWN
    return left


async def _looked_up(world: World, intent: PaymentIntent) -> ChargeResult:
    try:
        found = await world.gateway.look_up(intent.id)
    except GatewayError as error:
        log.warning("payment provider can't be asked", intent=intent.id, error=str(error))
        return ChargeResult(IntentState.UNKNOWN)
    return found or ChargeResult(IntentState.DECLINED, reason="never_reached_the_provider")


async def _resolve(world: World, intent: PaymentIntent, result: ChargeResult) -> None:
    now = world.clock()

    def work(tx: Transaction) -> None:
        tx.payments.resolve(intent.id, result, now)
        if result.state is IntentState.SUCCEEDED:
            tx.customers.apply_payment(intent.account_id, intent.amount, intent.id, now)

    await world.store.write(work)
