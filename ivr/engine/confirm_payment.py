"""A receipt for a payment that was made, by whom or whatever."""

from __future__ import annotations

from datetime import datetime

from ivr.accounts.payment_method import PaymentMethod
from ivr.engine.confirm_in_writing import Confirmation, confirm_in_writing
from ivr.engine.content import Content
from ivr.engine.messaging import Messaging
from ivr.engine.ports import Transaction
from ivr.messages.message import Message
from ivr.payments.intent import PaymentIntent
from ivr.rules.confirm_terms import Confirmed


def confirm_payment(
    tx: Transaction, content: Content, messaging: Messaging, intent: PaymentIntent, now: datetime
) -> Message | None:
    """Queue the receipt of a payment, in the transaction that books it; None: nothing is written."""
    account = tx.customers.account(intent.account_id)
    method = None if intent.method_id is None else tx.customers.payment_method(intent.method_id)
    if account is None or account.customer_id != _payer(tx, intent, method):
        return None  # nobody writes to one customer what another one paid
    values: dict[str, object] = {
        "amount": intent.amount,
        "paid_on": now.astimezone(content.time_zone).date(),
    }
    outcome = Confirmed.PAGE_PAYMENT if intent.is_hosted else Confirmed.PAYMENT
    given = None if intent.authorisation_id is None else tx.authorisations.get(intent.authorisation_id)
    if given is not None:
        outcome = Confirmed.AUTOMATIC_PAYMENT
        values["agreed_on"] = given.agreed_at.astimezone(content.time_zone).date()
    new = Confirmation(
        outcome=outcome,
        of=intent.id,
        customer_id=account.customer_id,
        account_id=account.id,
        alert_id=intent.alert_id,
        values=values,
        method=method,
    )
    return confirm_in_writing(tx, content, messaging, new, now)


def _payer(tx: Transaction, intent: PaymentIntent, method: PaymentMethod | None) -> str | None:
    """Return the customer whose method was charged, or whose link led to the page that was paid on."""
    if method is not None:
        return method.customer_id
    begun = tx.link_payments.of_intent(intent.id) if intent.is_hosted else None
    message = None if begun is None else tx.messages.get(begun.message_id)
    return None if message is None else message.customer_id
