"""Write a payment intent down before any provider hears of it: at most one of an account is open."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial

import structlog

from ivr.engine.content import Contents
from ivr.engine.ports import Transaction
from ivr.engine.reconcile_payments import abandon_payment, give_up, resolve_payment, what_became_of
from ivr.engine.world import World
from ivr.money import Money
from ivr.payments.intent import ChargeResult, IntentState, PaymentIntent

log = structlog.get_logger()

AMOUNT_CHANGED = "amount_changed"
"""The reason of an intent that was declined by us: the account was paid, or charged, since the call began."""
NOT_LIVE = "not_live"
"""The reason of an intent that was declined by us: real money moves after the go-live only."""
UNREACHABLE = "provider_unreachable"
"""The reason of an intent that was given up because the provider did not answer."""
UNRESOLVED = "earlier_payment_unresolved"
"""The reason of what was not begun, as another payment to the account has no known end yet."""

Objection = Callable[[Transaction], str | None]
"""Says, in a clause, what stands against a payment as the store is in that moment; None: nothing."""


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a payment comes from."""

    alert_id: str | None = None
    """The alert that it answers."""
    authorisation_id: str | None = None
    """By which it is made without anybody asking for it."""


async def open_intent(
    world: World, contents: Contents, new: PaymentIntent, due: Money | None, objection: Objection | None
) -> PaymentIntent | None:
    """Write an intent down and return it as it is kept; None while another one of the account is open.

    What waits for the customer on a page is withdrawn before. The intent is declined at once when the account
    is not as the customer was told it is (`due`), or for what an `objection` says.
    """
    await _withdraw_pages(world, contents, new)
    return await world.store.write(partial(_open, world, new, due, objection, world.clock()))


async def _withdraw_pages(world: World, contents: Contents, new: PaymentIntent) -> None:
    """Another way of paying was chosen: what waits for the customer on a page is given up."""
    for intent in await world.store.read(lambda tx: tx.payments.unresolved(new.account_id)):
        if intent.id == new.id:
            continue  # the same page was sent twice, and the other request was faster
        if intent.is_hosted and intent.provider_id is None:
            # Nobody was sent there: whoever is about to be finds that here.
            await abandon_payment(world, intent)
        elif intent.is_hosted or intent.state is IntentState.REQUIRES_ACTION:
            await resolve_payment(world, contents, intent, await give_up(world, intent))


def _open(
    world: World,
    new: PaymentIntent,
    due: Money | None,
    objection: Objection | None,
    now: datetime,
    tx: Transaction,
) -> PaymentIntent | None:
    """The account is read after the insert, which waits for whoever else is about to pay it."""
    intent = tx.payments.open_intent(new, now)
    reason = None if intent is None else _against(tx, world, new, due, objection)
    if intent is None or reason is None:
        return intent
    tx.payments.resolve(intent.id, ChargeResult(IntentState.DECLINED, reason=reason), now)
    return replace(intent, state=IntentState.DECLINED, reason=reason)


def _against(
    tx: Transaction, world: World, new: PaymentIntent, due: Money | None, objection: Objection | None
) -> str | None:
    if world.gateway.moves_money and not tx.controls.is_live():
        log.error("real money moves after `ivr go-live` only", account=new.account_id)
        return NOT_LIVE
    account = tx.customers.account(new.account_id)
    if account is not None and due not in (None, account.amount_due):
        return AMOUNT_CHANGED
    return None if objection is None else objection(tx)


async def without_id(world: World, intent: PaymentIntent, result: ChargeResult) -> ChargeResult:
    """Return what an intent comes to that the provider gave no id for.

    A `result` that is an end ends it, unless somebody else keeps an id of it by now: then it is theirs.
    """
    if not result.state.is_open:
        await abandon_payment(world, intent, result)
    return await as_written(world, intent)


async def as_written(world: World, intent: PaymentIntent) -> ChargeResult:
    """Return what somebody else has written of this intent by now, looked up where there is an id of it."""
    found = await world.store.read(lambda tx: tx.payments.get(intent.id))
    if found is None:
        return ChargeResult(IntentState.UNKNOWN)
    if found.state.is_open and found.provider_id is not None:
        return await what_became_of(world, found)
    return ChargeResult(found.state, reason=found.reason)
