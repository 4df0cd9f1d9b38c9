"""Hand a customer to the vault that takes their card, and fetch what the provider charges it by.

The card is keyed and said to the vault, which gets an opaque reference in a SIP header. When the customer is
back we ask it by that reference, over a signed webhook, for the token.
"""

from __future__ import annotations

import uuid
from functools import partial

import structlog

from ivr.accounts.payment_method import PaymentMethod
from ivr.engine.host import Host
from ivr.engine.ports import Transaction
from ivr.engine.telephony import Vault
from ivr.engine.world import World
from ivr.errors import WebhookError
from ivr.flows.effects import HandToVault
from ivr.flows.events import EffectDone
from ivr.payments.vault import VaultCard, card_told

log = structlog.get_logger()

TRIES = 2
"""How often the vault is asked, when it does not answer."""
WITHIN = 5.0
"""Seconds for an answer: the customer waits."""


async def hand_to_vault(host: Host, customer_id: str, effect: HandToVault, *, is_again: bool) -> EffectDone:
    """Carry out a HandToVault; `is_again`: an engine that is gone may have handed the customer over.

    Then the vault is asked before anybody has to key in a card once more. Who is still there is waited for:
    they would hear nothing of what comes next.
    """
    world, call_id = host.world, host.call.call_id
    if world.vault is None:
        log.error("no vault is in the settings", call=call_id)
        return EffectDone(effect.effect_id, "unavailable")
    reference = reference_of(call_id, effect)
    if is_again:
        is_there = host.call.is_elsewhere
        await host.call.come_back()
        done = await _fetch(world, world.vault, customer_id, effect, reference, when="again")
        if is_there or done.result == "taken":
            return done
    if not await host.call.hand_over(world.vault, reference):
        return EffectDone(effect.effect_id, "unavailable")
    return await _fetch(world, world.vault, customer_id, effect, reference, when="after")


def reference_of(call_id: str, effect: HandToVault) -> str:
    """Return the opaque word for one hand-off: the same before a crash and after it."""
    return uuid.uuid5(uuid.NAMESPACE_OID, f"{call_id}/{effect.effect_id}").hex


async def _fetch(
    world: World, vault: Vault, customer_id: str, effect: HandToVault, reference: str, *, when: str
) -> EffectDone:
    try:
        card = await _ask(world, vault, reference, f"{reference}-{when}")
    except (WebhookError, ValueError) as error:
        log.error("the vault's answer is of no use", reference=reference, error=str(error))  # noqa: TRY400
        return EffectDone(effect.effect_id, "failed")
    if card is None:
        return EffectDone(effect.effect_id, "no_card")
    method = PaymentMethod(reference, customer_id, "card", card.ending, card.token)
    await world.store.write(partial(_keep, method, effect.keep))
    values = {"id": method.id, "kind": method.kind, "ending": method.ending}
    return EffectDone(effect.effect_id, "taken", values)


async def _ask(world: World, vault: Vault, reference: str, key: str) -> VaultCard | None:
    """Ask what came of a hand-off; raises the last WebhookError, or ValueError for an answer of no use."""
    for tries_left in reversed(range(TRIES)):
        try:
            answer = await world.webhooks.post(vault.webhook, {"reference": reference}, key, WITHIN)
        except WebhookError:
            if not tries_left:
                raise
        else:
            return card_told(answer, reference)
    raise AssertionError("somebody asks no times at all")


def _keep(method: PaymentMethod, is_offered: bool, tx: Transaction) -> None:
    if is_offered:
        tx.customers.keep_method(method)
    else:
        tx.customers.keep_for_once(method)
