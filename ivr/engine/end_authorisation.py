"""A customer has nothing charged by itself any more: it ends on the key, and they are told if they can be."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, tzinfo

import structlog

from ivr.engine.confirm_in_writing import Confirmation, confirm_in_writing
from ivr.engine.host import Host
from ivr.engine.ports import Transaction
from ivr.engine.ways_to_pay import ways_to_pay
from ivr.flows.effects import EndAuthorisation
from ivr.flows.events import EffectDone
from ivr.flows.on_the_line import Party
from ivr.payments.authorisation import Authorisation
from ivr.rules.confirm_terms import Confirmed

log = structlog.get_logger()


async def end_authorisation(host: Host, party: Party, effect: EndAuthorisation) -> EffectDone:
    """Carry out an EndAuthorisation, and queue its confirmation; done as well where there was none to end.

    It says whether the customer is told in writing. The same again (after a crash in the middle) changes
    nothing, confirms nothing a second time, and speaks of no message.
    """
    world, content, now = host.world, host.contents.live, host.world.clock()

    def work(tx: Transaction) -> Mapping[str, object] | None:
        account = tx.customers.account(effect.account_id)
        if account is None or account.customer_id != party.customer_id:
            return None
        message = None
        given = tx.authorisations.of_account(account.id)
        if given is not None:
            tx.authorisations.end(account.id, "customer", now)
            log.info("automatic payments are ended", authorisation=given.id, call=host.call.call_id)
            # Of one that the account came with from another customer this one is told nothing.
            if given.customer_id == party.customer_id:
                told = _confirmation(tx, given, party.alert_id, content.time_zone, now)
                message = confirm_in_writing(tx, content, world.messaging, told, now)
        return {**ways_to_pay(tx, world, account), "result": {"in_writing": message is not None}}

    values = await world.store.write(work)
    if values is None:
        return EffectDone(effect.effect_id, "failed")
    return EffectDone(effect.effect_id, "done", values)


def _confirmation(
    tx: Transaction, ended: Authorisation, alert_id: str | None, zone: tzinfo, now: datetime
) -> Confirmation:
    return Confirmation(
        outcome=Confirmed.AUTHORISATION_ENDED,
        of=ended.id,
        customer_id=ended.customer_id,
        account_id=ended.account_id,
        alert_id=alert_id,
        values={
            "agreed_on": ended.agreed_at.astimezone(zone).date(),
            "ended_on": now.astimezone(zone).date(),
        },
        method=tx.customers.payment_method(ended.method_id),
    )
