"""A customer comes back from the provider's page: what became of the payment is looked up, and told.

The address that they come back to is known to the provider as well. So it tells whether it was paid and
nothing else, and leads nowhere: who wants to go on opens the link in our message again.
"""

from __future__ import annotations

from dataclasses import dataclass

from ivr.engine.content import Contents
from ivr.engine.pay_by_link import keep_link_payment
from ivr.engine.ports import LinkPayment, Transaction
from ivr.engine.reconcile_payments import reconcile_payments
from ivr.engine.world import World
from ivr.payments.intent import IntentState, PaymentIntent


@dataclass(frozen=True, slots=True)
class Returned:
    """What is told to somebody who comes back."""

    state: IntentState
    language: str
    """Of the message whose link they had opened."""
    rule: str | None
    """Of the matter that it was about."""


async def return_from_page(world: World, contents: Contents, intent_id: str) -> Returned | None:
    """Look a hosted payment up, keep what came of it, and return that; None: there is no such payment."""
    known = await world.store.read(lambda tx: _known(tx, intent_id))
    if known is None:
        return None
    intent, begun = known
    if intent.state.is_open:
        await reconcile_payments(world, contents, intent.account_id)
        await keep_link_payment(world, contents, begun)
    return await world.store.read(lambda tx: _returned(tx, begun))


def _known(tx: Transaction, intent_id: str) -> tuple[PaymentIntent, LinkPayment] | None:
    intent, begun = tx.payments.get(intent_id), tx.link_payments.of_intent(intent_id)
    return None if intent is None or begun is None or not intent.is_hosted else (intent, begun)


def _returned(tx: Transaction, begun: LinkPayment) -> Returned:
    intent, message = tx.payments.get(begun.intent_id), tx.messages.get(begun.message_id)
    alert = None if begun.alert_id is None else tx.alerts.get(begun.alert_id)
    return Returned(
        state=IntentState.UNKNOWN if intent is None else intent.state,
        language="" if message is None else message.language,
        rule=None if alert is None else alert.rule,
    )
