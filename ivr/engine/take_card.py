"""Have the payment provider keep a card that was keyed in; we keep its token and its last digits."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import partial
from uuid import uuid4

import structlog

from ivr.accounts.payment_method import PaymentMethod
from ivr.engine.ports import Transaction
from ivr.engine.world import World
from ivr.errors import GatewayError
from ivr.flows.effects import TakeCard
from ivr.flows.events import EffectDone
from ivr.payments.card import card_of

log = structlog.get_logger()


async def take_card(
    world: World, customer_id: str, effect: TakeCard, keyed: Mapping[str, str], today: date
) -> EffectDone:
    """Carry out a TakeCard command; `keyed` has the digits by the handles that it names."""
    card = card_of(keyed[effect.number], keyed[effect.expiry], keyed[effect.code], today)
    if card is None:
        return EffectDone(effect.effect_id, "refused")
    if world.cards is None:
        log.error("cards may not be keyed in here: the settings do not allow it")
        return EffectDone(effect.effect_id, "failed")
    try:
        token = await world.cards.take_card(card)
    except GatewayError as error:
        log.warning("the payment provider did not keep a card", error=str(error))
        return EffectDone(effect.effect_id, "failed")
    if token is None:
        return EffectDone(effect.effect_id, "refused")
    method = PaymentMethod(uuid4().hex, customer_id, "card", card.ending, token)
    await world.store.write(partial(_keep, method))
    return EffectDone(
        effect.effect_id, "taken", {"id": method.id, "kind": method.kind, "ending": method.ending}
    )


def _keep(method: PaymentMethod, tx: Transaction) -> None:
    tx.customers.keep_for_once(method)
