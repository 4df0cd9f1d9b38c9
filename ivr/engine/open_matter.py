"""Take up the next matter of whoever calls: what they called about, then what is most urgent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta

import structlog

from ivr.accounts.account import Account
from ivr.alerts.alert import Alert
from ivr.engine.contact_media import contact_media
from ivr.engine.find_step import broken_off
from ivr.engine.host import Host
from ivr.engine.let_rest import Rest, let_rest
from ivr.engine.matter import matter_variables
from ivr.engine.ports import NewCall, Transaction
from ivr.flows.effects import OpenMatter
from ivr.flows.events import EffectDone
from ivr.flows.on_the_line import Party
from ivr.flows.state import SessionState

log = structlog.get_logger()

TALK_REST = timedelta(minutes=15)
"""So long nobody is called about what a caller is just being told of: longer than any call."""


async def open_matter(host: Host, party: Party, effect: OpenMatter, state: SessionState) -> EffectDone:
    """Return what the call can speak of; `none` when nothing is left that it has not come to.

    Nobody is called about the matter meanwhile; what comes then is decided at the call's end.
    """
    now, spoken_of = host.world.clock(), {alert_id for alert_id, _ in state.matters}

    def take_up(tx: Transaction) -> tuple[str, Mapping[str, object]]:
        call, customer = tx.calls.get(host.call.call_id), tx.customers.customer(party.customer_id)
        if call is None or customer is None:
            return effect.failure, {}
        left = [alert for alert in tx.alerts.open_of(customer.id) if alert.id not in spoken_of]
        lost = None if spoken_of else _lost(tx, host, state.line.number, party.customer_id)
        media = contact_media(tx, host.world.messaging, customer.id)
        alert = _next(left, lost, party, call)
        if alert is None:
            account = _account_without_matter(tx, party)
            return "none", matter_variables(
                tx, host.world, host.contents, call, customer, account, None, now, media=media
            )
        let_rest(tx, alert.id, now + TALK_REST, Rest.TALKING, now)
        account = tx.customers.account(alert.account_id)
        values = matter_variables(
            tx,
            host.world,
            host.contents,
            call,
            customer,
            account,
            alert,
            now,
            media=media,
            others=len(left) - 1,
        )
        return ("resumed" if alert.id == lost else "found"), values

    result, values = await host.world.store.write(take_up)
    return EffectDone(effect.effect_id, result, values)


def _next(left: Sequence[Alert], lost: str | None, party: Party, call: NewCall) -> Alert | None:
    """Return the one that a call broke off at, that was named, of the number's rule, or most urgent."""
    ways = (
        lambda alert: alert.id == lost,
        lambda alert: alert.id == party.alert_id,
        lambda alert: alert.rule == call.rule,
        lambda _: True,
    )
    return next((alert for is_meant in ways for alert in left if is_meant(alert)), None)


def _account_without_matter(tx: Transaction, party: Party) -> Account | None:
    if party.account_id is not None:
        return tx.customers.account(party.account_id)
    return next(iter(tx.customers.accounts_of(party.customer_id)), None)


def _lost(tx: Transaction, host: Host, number: str | None, customer_id: str) -> str | None:
    """Return the alert at which a call of this customer from this number broke off."""
    state = broken_off(tx, host, number)
    alert_id = state.matters[-1][0] if state is not None and state.matters else None
    is_theirs = alert_id is not None and tx.alerts.get(alert_id).customer_id == customer_id
    return alert_id if is_theirs else None
