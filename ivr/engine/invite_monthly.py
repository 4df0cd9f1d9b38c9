"""A customer asks to be invited to pay every month, or to be invited no more."""

from __future__ import annotations

import uuid

from ivr.accounts.contact_point import Medium
from ivr.engine.host import Host
from ivr.engine.invitation_topic import invitation_topic
from ivr.engine.ports import Transaction
from ivr.flows.effects import EndInvitation, InviteMonthly
from ivr.flows.events import EffectDone
from ivr.flows.on_the_line import Party
from ivr.payments.authorisation import first_day
from ivr.payments.invitation import Invitation


async def invite_monthly(host: Host, party: Party, effect: InviteMonthly) -> EffectDone:
    """Carry out an InviteMonthly; the same again (after a crash in the middle) changes nothing."""
    world, call_id, now = host.world, host.call.call_id, host.world.clock()
    today = now.astimezone(host.contents.live.time_zone).date()

    def work(tx: Transaction) -> bool:
        call, account = tx.calls.get(call_id), tx.customers.account(effect.account_id)
        if call is None or account is None or account.customer_id != party.customer_id:
            return False
        tx.invitations.give(
            Invitation(
                id=uuid.uuid5(uuid.NAMESPACE_OID, f"{call_id}/{effect.effect_id}").hex,
                customer_id=party.customer_id,
                account_id=account.id,
                day=effect.day,
                medium=Medium(effect.medium),
                topic=invitation_topic(host.contents.live, party.topic),
                agreed_at=now,
                call_id=call_id,
                words=f"{call.flow} {call.flow_version}, content {call.content_version}",
                next_on=first_day(effect.day, today),
            )
        )
        return True

    return EffectDone(effect.effect_id, "done" if await world.store.write(work) else "failed")


async def end_invitation(host: Host, party: Party, effect: EndInvitation) -> EffectDone:
    """Carry out an EndInvitation; done as well where there was none to end."""
    world, now = host.world, host.world.clock()

    def work(tx: Transaction) -> bool:
        account = tx.customers.account(effect.account_id)
        if account is None or account.customer_id != party.customer_id:
            return False
        tx.invitations.end(account.id, "customer", now)
        return True

    return EffectDone(effect.effect_id, "done" if await world.store.write(work) else "failed")
