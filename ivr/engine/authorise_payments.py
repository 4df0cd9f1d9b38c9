"""A customer agrees to automatic payments: written down with the words, the voice, the terms and the day."""

from __future__ import annotations

import uuid
from datetime import date, timedelta

from ivr.accounts.payment_method import PaymentMethod
from ivr.engine.confirm_in_writing import Confirmation, confirm_in_writing
from ivr.engine.host import Host
from ivr.engine.ports import Transaction
from ivr.flows.effects import AuthorisePayments
from ivr.flows.events import EffectDone
from ivr.flows.on_the_line import Party
from ivr.payments.authorisation import Authorisation, first_day
from ivr.rules.confirm_terms import Confirmed

EVIDENCE_KEPT = timedelta(days=3650)
"""How long the customer's voice is kept: for as long as somebody may ask whether they agreed."""


async def authorise_payments(host: Host, party: Party, effect: AuthorisePayments) -> EffectDone:
    """Carry out an AuthorisePayments, and queue the customer's copy.

    The same again (after a crash in the middle) changes nothing. Once done, it says whether a copy comes.
    """
    world, call_id, now = host.world, host.call.call_id, host.world.clock()
    today = now.astimezone(host.contents.live.time_zone).date()

    def work(tx: Transaction) -> bool | None:
        method, call = tx.customers.payment_method(effect.method_id), tx.calls.get(call_id)
        account = tx.customers.account(effect.account_id)
        if method is None or method.customer_id != party.customer_id:
            return None
        if call is None or account is None or account.customer_id != party.customer_id:
            return None
        given = Authorisation(
            id=uuid.uuid5(uuid.NAMESPACE_OID, f"{call_id}/{effect.effect_id}").hex,
            customer_id=party.customer_id,
            account_id=effect.account_id,
            method_id=effect.method_id,
            terms=effect.terms,
            day=effect.day,
            agreed_at=now,
            call_id=call_id,
            words=f"{call.flow} {call.flow_version}, content {call.content_version}",
            recording=effect.recording,
            next_on=first_day(effect.day, today),
        )
        tx.authorisations.give(given)
        copy = _copy(given, method, party.alert_id, today)
        message = confirm_in_writing(tx, host.contents.live, world.messaging, copy, now)
        if effect.recording is not None:
            tx.recordings.keep_longer(effect.recording, now + EVIDENCE_KEPT)
        return message is not None

    in_writing = await world.store.write(work)
    if in_writing is None:
        return EffectDone(effect.effect_id, "failed")
    return EffectDone(effect.effect_id, "done", {"in_writing": in_writing})


def _copy(given: Authorisation, method: PaymentMethod, alert_id: str | None, today: date) -> Confirmation:
    """Return what the customer gets of it in writing."""
    return Confirmation(
        outcome=Confirmed.AUTHORISATION,
        of=given.id,
        customer_id=given.customer_id,
        account_id=given.account_id,
        alert_id=alert_id,
        values={
            "terms": given.terms.value,
            "day": given.day,
            "first_on": given.next_on,
            "agreed_on": today,
        },
        method=method,
    )
