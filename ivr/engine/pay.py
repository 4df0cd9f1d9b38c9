"""Charge a saved method, at most once, whatever fails in between.

The intent is on disk before the provider is asked. An intent that nobody knows the end of is looked up
before anything else is charged to that account.
"""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta
from functools import partial

import structlog

from ivr.engine.ports import Transaction
from ivr.engine.world import World
from ivr.errors import FencedError, GatewayError, StoreError
from ivr.flows.effects import Pay
from ivr.flows.events import EffectDone
from ivr.payments.intent import ChargeResult, IntentState, PaymentIntent

log = structlog.get_logger()

_OPEN = (IntentState.PENDING, IntentState.UNKNOWN)

IN_FLIGHT = timedelta(minutes=2)
"""A request that the provider has not seen may still be on its way for this long."""


async def pay(world: World, call_id: str, customer_id: str, command: Pay) -> EffectDone:
    """Carry out a Pay command; the result is `success`, `declined` or `provider_error`.

    The same command of the same call again (after a crash in the middle) is the same intent: when nobody
    knows its end it goes to the provider again under the same key, which charges at most once.
    """
    await reconcile_payments(world, command.account_id)
    intent_id = _intent_id(call_id, command)
    earlier = await world.store.read(lambda tx: tx.payments.get(intent_id))
    if earlier is not None and not _may_be_sent_again(earlier, world.clock()):
        return _done(command, earlier.state, intent_id)
    methods = await world.store.read(lambda tx: tx.customers.payment_methods(customer_id))
    method = next((method for method in methods if method.id == command.method_id), None)
    if method is None:
        return EffectDone(command.effect_id, "provider_error", {"reason": "no_such_method"})
    intent = earlier or PaymentIntent(
        intent_id, command.account_id, command.amount, method.id, IntentState.PENDING
    )
    if earlier is None and await world.store.write(partial(_open, intent, world.clock())) is None:
        return EffectDone(command.effect_id, "provider_error", {"reason": "earlier_payment_unresolved"})
    try:
        result = await world.gateway.charge(intent, method)
    except GatewayError as error:
        log.warning("payment provider gave no answer", intent=intent.id, error=str(error))
        result = await _looked_up(world, intent)
    await _resolve(world, intent, result)
    return _done(command, result.state, intent_id)


async def payment_result(world: World, call_id: str, command: Pay) -> EffectDone | None:
    """Return what became of a Pay command of a call that is over; None when nobody knows. Charges nothing."""
    await reconcile_payments(world, command.account_id)
    intent_id = _intent_id(call_id, command)
    intent = await world.store.read(lambda tx: tx.payments.get(intent_id))
    return None if intent is None or intent.state in _OPEN else _done(command, intent.state, intent_id)


def _intent_id(call_id: str, command: Pay) -> str:
    return uuid.uuid5(uuid.NAMESPACE_OID, f"{call_id}/{command.effect_id}").hex


def _may_be_sent_again(intent: PaymentIntent, now: datetime) -> bool:
    """Well before it is taken for one that never reached the provider."""
    return intent.state in _OPEN and intent.opened_at is not None and now - intent.opened_at < IN_FLIGHT / 2


def _open(intent: PaymentIntent, now: datetime, tx: Transaction) -> PaymentIntent | None:
    return tx.payments.open_intent(intent, now)


def _done(command: Pay, state: IntentState, intent_id: str) -> EffectDone:
    return EffectDone(command.effect_id, _RESULT_NAMES[state], {"intent": intent_id})


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
        try:
            await _resolve(world, intent, result)
        except FencedError:
            raise
        except StoreError as error:
            # One intent that contradicts the books must not keep the others, or the engine, from going on.
            log.error("a payment can't be booked", intent=intent.id, error=str(error))  # noqa: TRY400
            left += 1
            continue
        left += result.state is IntentState.UNKNOWN
    return left


async def _looked_up(world: World, intent: PaymentIntent) -> ChargeResult:
    try:
        found = await world.gateway.look_up(intent.id)
    except GatewayError as error:
        log.warning("payment provider can't be asked", intent=intent.id, error=str(error))
        return ChargeResult(IntentState.UNKNOWN)
    if found is not None:
        return found
    if intent.opened_at is None or world.clock() - intent.opened_at < IN_FLIGHT:
        return ChargeResult(IntentState.UNKNOWN)
    return ChargeResult(IntentState.DECLINED, reason="never_reached_the_provider")


async def _resolve(world: World, intent: PaymentIntent, result: ChargeResult) -> None:
    now = world.clock()

    def work(tx: Transaction) -> None:
        tx.payments.resolve(intent.id, result, now)
        if result.state is IntentState.SUCCEEDED:
            tx.customers.apply_payment(intent.account_id, intent.amount, intent.id, now)

    await world.store.write(work)
