"""Have a customer pay on the provider's own page: any card, and not a digit of it comes near us.

The intent is on disk before the provider hears of it, and the provider's id before the customer is sent to
its page. The same page of ours again leads to the same page of the provider's. Nothing is charged unless the
customer does it there; what became of it is looked up when they come back, and by a job when they do not.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from functools import partial

import structlog

from ivr.engine.content import Contents
from ivr.engine.open_intent import UNREACHABLE, UNRESOLVED, as_written, open_intent, without_id
from ivr.engine.pay import TRIES
from ivr.engine.pay_by_link import keep_link_payment, not_theirs
from ivr.engine.ports import LinkPayment
from ivr.engine.reconcile_payments import (
    LINK_GOOD_FOR,
    reconcile_payments,
    resolve_payment,
    what_became_of,
)
from ivr.engine.world import World
from ivr.errors import GatewayError
from ivr.money import Money
from ivr.payments.gateway import HostedPages
from ivr.payments.hosted_page import HostedPage
from ivr.payments.intent import ChargeResult, IntentState, PaymentIntent

log = structlog.get_logger()

LOOKS, LOOK_EVERY = 50, 0.2
"""How often, and after how many seconds each, it is looked for a page that another request has made."""
_BUSY = ChargeResult(IntentState.UNKNOWN, reason=UNRESOLVED)


@dataclass(frozen=True, slots=True)
class HostedPayment:
    """What somebody wants to pay on the provider's page."""

    customer_id: str
    account_id: str
    amount: Money
    due: Money
    """What the account has due, as the page said."""
    title: str
    language: str


async def pay_on_hosted_page(
    world: World, contents: Contents, pages: HostedPages, begun: LinkPayment, wanted: HostedPayment
) -> ChargeResult:
    """Return where the customer is to be sent (REQUIRES_ACTION with `link`), or what it has come to before.

    UNKNOWN with the reason UNRESOLVED: nobody was sent anywhere, as another payment to the account is open,
    or another request for this one is still at it.
    """
    begun = begun.of_intent(uuid.uuid5(uuid.NAMESPACE_OID, f"hosted/{begun.id}").hex)
    await world.store.write(lambda tx: tx.link_payments.begin(begun))
    await reconcile_payments(world, contents, wanted.account_id)
    intent = await world.store.read(lambda tx: tx.payments.get(begun.intent_id))
    is_new = False
    if intent is None:
        objection = partial(not_theirs, wanted.customer_id, wanted.account_id)
        intent = await open_intent(world, contents, _new(begun, wanted), wanted.due, objection)
        is_new = intent is not None
    if intent is None:  # it is another one's, or was written down by the same page a moment ago
        intent = await world.store.read(lambda tx: tx.payments.get(begun.intent_id))
    result = _BUSY
    if intent is not None:
        result = ChargeResult(intent.state, reason=intent.reason)
        if intent.state.is_open:
            result = await _page_of(world, pages, intent, wanted, is_new=is_new)
            if result != _BUSY:
                await resolve_payment(world, contents, intent, result)
    await keep_link_payment(world, contents, begun, has_tried=True)
    return result


def _new(begun: LinkPayment, wanted: HostedPayment) -> PaymentIntent:
    return PaymentIntent(
        begun.intent_id,
        wanted.account_id,
        wanted.amount,
        None,
        IntentState.PENDING,
        alert_id=begun.alert_id,
    )


async def _page_of(
    world: World, pages: HostedPages, intent: PaymentIntent, wanted: HostedPayment, *, is_new: bool
) -> ChargeResult:
    """Return the provider's page for an intent, which is made once."""
    if intent.provider_id is not None:
        return await what_became_of(world, intent)
    opened_at = intent.opened_at or world.clock()
    page = HostedPage(wanted.title, wanted.language, _return_url(world, intent), opened_at + LINK_GOOD_FOR)
    made = await _made(pages, intent, page)
    if made is None and not is_new:
        return await _others_page(world, intent)
    made = made or ChargeResult(IntentState.CANCELLED, reason=UNREACHABLE)
    provider_id = made.provider_id
    if made.state is not IntentState.REQUIRES_ACTION or provider_id is None:
        return await without_id(world, intent, made)
    is_ours = await world.store.write(lambda tx: tx.payments.identify(intent.id, provider_id))
    return made if is_ours else await as_written(world, intent)


async def _made(pages: HostedPages, intent: PaymentIntent, page: HostedPage) -> ChargeResult | None:
    """Have the page made; None where the provider does not answer: nobody was sent anywhere by this request.

    Only who wrote the intent down gives it up then: the provider may be busy with another request for it.
    """
    for _ in range(TRIES):
        try:
            return await pages.open_page(intent, page)
        except GatewayError as error:
            log.warning("the payment provider gave no answer", intent=intent.id, error=str(error))
    return None


async def _others_page(world: World, intent: PaymentIntent) -> ChargeResult:
    """Return the page that another request has made, once it has: the browser forgets that one's answer."""
    for _ in range(LOOKS):
        result = await as_written(world, intent)
        if result.state is not IntentState.PENDING:
            return result
        await world.wait(LOOK_EVERY)
    return _BUSY


def _return_url(world: World, intent: PaymentIntent) -> str:
    """Return where the customer comes back to: it tells what became of the payment, and opens no page."""
    return f"{(world.messaging.link_base or '').rstrip('/')}/back/{intent.id}"
