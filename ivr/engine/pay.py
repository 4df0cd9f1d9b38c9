"""Charge a saved method, at most once, whatever fails in between.

The intent is on disk before the provider hears of it, and the provider's id before it is told to charge. What
it did not answer is looked up before anything is charged to that account again.
"""

from __future__ import annotations

import uuid
from dataclasses import replace
from functools import partial

import structlog

from ivr.accounts.payment_method import PaymentMethod
from ivr.engine.content import Contents
from ivr.engine.open_intent import (
    AMOUNT_CHANGED,
    UNREACHABLE,
    UNRESOLVED,
    Objection,
    Origin,
    as_written,
    open_intent,
    without_id,
)
from ivr.engine.ports import Transaction
from ivr.engine.reconcile_payments import give_up, reconcile_payments, resolve_payment, what_became_of
from ivr.engine.world import World
from ivr.errors import GatewayError
from ivr.flows.effects import Pay
from ivr.flows.events import EffectDone
from ivr.payments.intent import ChargeResult, IntentState, PaymentIntent

log = structlog.get_logger()

TRIES = 2
"""How often the provider is told the same, when it does not answer."""
NO_SUCH_METHOD = "no_such_method"
"""The reason of what was declined because the saved method is the customer's no more."""
_PENDING = ChargeResult(IntentState.PENDING)


async def pay(
    world: World,
    contents: Contents,
    call_id: str,
    customer_id: str,
    command: Pay,
    objection: Objection | None = None,
    origin: Origin | None = None,
) -> EffectDone:
    """Carry out a Pay command.

    The same command of the same call again (after a crash in the middle) is the same intent: it is looked up,
    and confirmed if nobody had confirmed it. An `objection` is asked in the transaction that begins the
    intent, which is declined for what it says. What books the payment queues the receipt.
    """
    await reconcile_payments(world, contents, command.account_id)
    intent_id = intent_id_of(call_id, command)
    intent = await world.store.read(lambda tx: tx.payments.get(intent_id))
    if intent is not None and not intent.state.is_open:
        return _done(command, intent)
    method = await world.store.read(lambda tx: tx.customers.payment_method(command.method_id))
    if method is None or method.customer_id != customer_id:
        return EffectDone(command.effect_id, "declined", {"reason": NO_SUCH_METHOD})
    is_new = intent is None
    if intent is None:
        new = _new_intent(intent_id, command, origin or Origin())
        intent = await open_intent(world, contents, new, command.due, objection)
        if intent is None:
            return EffectDone(command.effect_id, "provider_error", {"reason": UNRESOLVED})
    if not intent.state.is_open:
        return _done(command, intent)
    result = await _charge(world, intent, method, is_new=is_new, by_link=command.by_link)
    await resolve_payment(world, contents, intent, result)
    return _done(command, replace(intent, state=result.state, reason=result.reason), result.link)


async def payment_result(world: World, contents: Contents, call_id: str, command: Pay) -> EffectDone | None:
    """Return what became of a Pay command of a call that is over; None when nobody knows. Charges nothing."""
    await reconcile_payments(world, contents, command.account_id)
    intent_id = intent_id_of(call_id, command)
    intent = await world.store.read(lambda tx: tx.payments.get(intent_id))
    return None if intent is None or intent.state.is_open else _done(command, intent)


def intent_id_of(call_id: str, command: Pay) -> str:
    """Return the id of the intent that a command of a call makes, whoever carries it out and how often."""
    return uuid.uuid5(uuid.NAMESPACE_OID, f"{call_id}/{command.effect_id}").hex


def _new_intent(intent_id: str, command: Pay, origin: Origin) -> PaymentIntent:
    return PaymentIntent(
        intent_id,
        command.account_id,
        command.amount,
        command.method_id,
        IntentState.PENDING,
        alert_id=origin.alert_id,
        authorisation_id=origin.authorisation_id,
    )


async def _charge(
    world: World, intent: PaymentIntent, method: PaymentMethod, *, is_new: bool, by_link: bool
) -> ChargeResult:
    if intent.provider_id is None:
        created = await _create(world, intent, method, is_new=is_new)
        provider_id = created.provider_id
        if created.state is not IntentState.PENDING or provider_id is None:
            return await without_id(world, intent, created)
        if not await world.store.write(partial(_identify, intent.id, provider_id)):
            return await as_written(world, intent)
        intent, result = replace(intent, provider_id=provider_id), _PENDING
    else:
        result = await what_became_of(world, intent)
    if result.state is IntentState.PENDING:
        result = await _confirm(world, intent)
    if result.state is IntentState.REQUIRES_ACTION and not (by_link and result.link):
        return await give_up(world, intent)
    return result


def _identify(intent_id: str, provider_id: str, tx: Transaction) -> bool:
    return tx.payments.identify(intent_id, provider_id)


async def _create(
    world: World, intent: PaymentIntent, method: PaymentMethod, *, is_new: bool
) -> ChargeResult:
    """Have the provider write it down; where it does not answer, nothing was charged by this request.

    Only who wrote the intent down gives it up then: the provider may be busy with another request for it.
    """
    for _ in range(TRIES):
        try:
            return await world.gateway.create(intent, method)
        except GatewayError as error:
            log.warning("the payment provider gave no answer", intent=intent.id, error=str(error))
    return ChargeResult(IntentState.CANCELLED, reason=UNREACHABLE) if is_new else _PENDING


async def _confirm(world: World, intent: PaymentIntent) -> ChargeResult:
    """Have it charged; a request that seems to be lost is withdrawn in the end, so that it is never late."""
    for _ in range(TRIES):
        try:
            return await world.gateway.confirm(intent)
        except GatewayError as error:
            log.warning("the payment provider gave no answer", intent=intent.id, error=str(error))
        result = await what_became_of(world, intent)
        if result.state is not IntentState.PENDING:
            return result
    given_up = await give_up(world, intent)
    return replace(given_up, reason=UNREACHABLE) if given_up.state is IntentState.CANCELLED else given_up


def _done(command: Pay, intent: PaymentIntent, link: str | None = None) -> EffectDone:
    is_settled = intent.reason == AMOUNT_CHANGED
    values = {"intent": intent.id, "reason": intent.reason, "link": link}
    return EffectDone(
        command.effect_id,
        "settled" if is_settled else _RESULT_NAMES[intent.state],
        {name: value for name, value in values.items() if value is not None},
    )


_RESULT_NAMES = {
    IntentState.SUCCEEDED: "success",
    IntentState.DECLINED: "declined",
    # Whoever waits for this very payment hears that it did not go through.
    IntentState.CANCELLED: "declined",
    IntentState.REQUIRES_ACTION: "requires_action",
    IntentState.PENDING: "provider_error",
    IntentState.UNKNOWN: "provider_error",
}
