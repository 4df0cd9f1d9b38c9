"""Carry out a flow's wish to send the customer a message."""

from __future__ import annotations

import uuid
from collections.abc import Mapping

import structlog

from ivr.accounts.contact_point import Medium
from ivr.engine.host import Host
from ivr.engine.matter import last_paid
from ivr.engine.ports import Transaction
from ivr.engine.queue_message import NewMessage, queue_message
from ivr.engine.session_variables import (
    account_variables,
    alert_variables,
    company_variables,
    customer_variables,
    payment_variables,
)
from ivr.errors import MessageError
from ivr.flows.effects import SendMessage
from ivr.flows.events import EffectDone
from ivr.flows.on_the_line import Party
from ivr.messages.message import Message

log = structlog.get_logger()


async def send_message(host: Host, party: Party, command: SendMessage, language: str) -> EffectDone:
    """Queue the message (`sent`); the same command of the same call again is the same message.

    `no_address`: there is none, or none that may be used now. `failed`: it can't be sent at all, which is
    said in the log.
    """
    world, content, now = host.world, host.contents.live, host.world.clock()

    def work(tx: Transaction) -> Message | None:
        attempts = tx.attempts.history(*_cycle(tx, party)) if party.alert_id else ()
        new = NewMessage(
            id=message_id_of(host.call.call_id, command),
            medium=Medium(command.medium),
            template=command.message,
            language=language,
            variables=_variables(tx, host, party),
            customer_id=party.customer_id,
            account_id=party.account_id,
            alert_id=party.alert_id,
            attempt_id=host.call.call_id if host.call.call_id in {each.id for each in attempts} else None,
            topic=party.topic,
            values=command.values,
            is_asked_for=True,
        )
        return queue_message(tx, content, world.messaging, new, now)

    try:
        message = await world.store.write(work)
    except MessageError as error:
        log.error("a message can't be sent", message=command.message, error=str(error))  # noqa: TRY400
        return EffectDone(command.effect_id, command.failure)
    if message is None:
        log.warning("there is no address for a message", message=command.message, medium=command.medium)
        return EffectDone(command.effect_id, "no_address")
    return EffectDone(command.effect_id, "sent")


def message_id_of(call_id: str, command: SendMessage) -> str:
    """Return the id of the message that a command of a call makes, however often it is carried out."""
    return uuid.uuid5(uuid.NAMESPACE_OID, f"message {call_id}/{command.effect_id}").hex


def _cycle(tx: Transaction, party: Party) -> tuple[str, int]:
    alert = tx.alerts.get(party.alert_id or "")
    return alert.id, alert.cycle


def _variables(tx: Transaction, host: Host, party: Party) -> Mapping[str, object]:
    """Return all that ivr.messages.load_templates lets a message speak of; None for what there is not."""
    content = host.contents.live
    today = host.world.clock().astimezone(content.time_zone).date()
    customer = tx.customers.customer(party.customer_id)
    account = tx.customers.account(party.account_id) if party.account_id else None
    if customer is None:
        raise MessageError("there is no such customer")
    alert = {"alert": _alert(tx, party)}
    company = content.company_for(tx.alerts.get(party.alert_id).rule if party.alert_id else None)
    if account is None:
        known = {"customer": customer_variables(customer), "account": None}
        return {**company_variables(company, today), **known, **payment_variables(()), **alert}
    paid = last_paid(tx, content, account)
    return {
        **account_variables(company, customer, account, today, paid),
        **payment_variables(tx.customers.payment_methods(customer.id)),
        **alert,
    }


def _alert(tx: Transaction, party: Party) -> Mapping[str, object]:
    if party.alert_id is None:
        return {"id": None, "topic": party.topic, "reference": None}
    return alert_variables(tx.alerts.get(party.alert_id))
