"""What became of each payment without a known end? Asked before anything else is charged, and by a sweep.

An intent without a provider's id was never confirmed, since the id is on disk before that: once it is old it
is given up in our own books, and whoever might still be working on it finds that there. One with an id is
looked up at the provider, and cancelled there once nobody will confirm it any more, or use its link.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import structlog

from ivr.engine.confirm_payment import confirm_payment
from ivr.engine.content import Contents
from ivr.engine.ports import Transaction
from ivr.engine.world import World
from ivr.errors import FencedError, GatewayError, StoreError
from ivr.payments.intent import ChargeResult, IntentState, PaymentIntent

log = structlog.get_logger()

IN_FLIGHT = timedelta(minutes=2)
"""So long a payment that nobody has confirmed is left to the call that it belongs to."""
LINK_GOOD_FOR = timedelta(hours=1)
"""So long a customer has to agree on the provider's page."""

_PATIENCE = {IntentState.PENDING: IN_FLIGHT, IntentState.REQUIRES_ACTION: LINK_GOOD_FOR}
NEVER_CONFIRMED = "never_confirmed"
"""The reason of an intent that was given up because nobody had told the provider to charge it."""
_NEVER = ChargeResult(IntentState.CANCELLED, reason=NEVER_CONFIRMED)


async def reconcile_payments(world: World, contents: Contents, account_id: str | None = None) -> int:
    """Settle every intent without a known end (of one account, or of all); return how many stay open."""
    left = 0
    for intent in await world.store.read(lambda tx: tx.payments.unresolved(account_id)):
        result = await what_became_of(world, intent)
        if result.state is IntentState.REQUIRES_ACTION and not await _is_still_due(world, intent):
            result = await give_up(world, intent)
        try:
            if intent.provider_id is None and not result.state.is_open:
                await abandon_payment(world, intent, result)
            else:
                await resolve_payment(world, contents, intent, result)
        except FencedError:
            raise
        except StoreError as error:
            # One intent that contradicts the books must not keep the others, or the engine, from going on.
            log.error("a payment can't be booked", intent=intent.id, error=str(error))  # noqa: TRY400
            left += 1
            continue
        left += result.state.is_open
    return left


async def _is_still_due(world: World, intent: PaymentIntent) -> bool:
    """Say whether so much is due as waits for the customer on a page: it may have been paid elsewhere."""
    account = await world.store.read(lambda tx: tx.customers.account(intent.account_id))
    return account is not None and account.amount_due.minor >= intent.amount.minor


async def what_became_of(world: World, intent: PaymentIntent) -> ChargeResult:
    """Return how an open intent stands, and end it where nobody waits for it any more.

    UNKNOWN when the provider can't be asked; PENDING: nothing was charged, and it may still be confirmed.
    """
    age = world.clock() - (intent.opened_at or world.clock())
    if intent.provider_id is None:
        return _NEVER if age >= IN_FLIGHT else ChargeResult(IntentState.PENDING)
    try:
        found = await world.gateway.look_up(intent)
        patience = _PATIENCE.get(found.state)
        if patience is None or age < patience:
            return found
        ended = await world.gateway.cancel(intent)
        was_never_confirmed = found.state is IntentState.PENDING and ended.state is IntentState.CANCELLED
        return replace(ended, reason=NEVER_CONFIRMED) if was_never_confirmed else ended
    except GatewayError as error:
        log.warning("the payment provider can't be asked", intent=intent.id, error=str(error))
        return ChargeResult(IntentState.UNKNOWN)


async def give_up(world: World, intent: PaymentIntent) -> ChargeResult:
    """See to it that an open intent is not charged any more; return what it has come to."""
    try:
        return await world.gateway.cancel(intent)
    except GatewayError as error:
        log.warning("a payment can't be cancelled", intent=intent.id, error=str(error))
        return ChargeResult(IntentState.UNKNOWN)


async def abandon_payment(world: World, intent: PaymentIntent, result: ChargeResult = _NEVER) -> None:
    """Give up an intent in our own books, where the provider's id is not known; else it is left as it is."""
    now = world.clock()
    await world.store.write(lambda tx: tx.payments.withdraw(intent.id, result, now))


async def resolve_payment(
    world: World, contents: Contents, intent: PaymentIntent, result: ChargeResult
) -> None:
    """Keep what an intent has come to; if it was charged, book it on the account and queue the receipt.

    That holds for one that our books had as not charged, too: the provider's word is the truth.
    """
    if result.state is intent.state:
        return
    now = world.clock()

    def work(tx: Transaction) -> None:
        is_paid = result.state is IntentState.SUCCEEDED
        before = tx.payments.get(intent.id) if is_paid else None
        if before is not None and before.state.is_not_charged:
            was = before.state.value
            log.error("a payment was charged that was over", intent=intent.id, was=was, reason=before.reason)
        tx.payments.resolve(intent.id, result, now)
        if is_paid and tx.customers.apply_payment(intent.account_id, intent.amount, intent.id, now):
            confirm_payment(tx, contents.live, world.messaging, intent, now)

    await world.store.write(work)
