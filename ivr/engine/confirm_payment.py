"""A receipt for a payment that was made, by whom or whatever."""

from __future__ import annotations

from datetime import datetime

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
    if intent.method_id is None:
        return None
    method = tx.customers.payment_method(intent.method_id)
    if account is None or method is None or account.customer_id != method.customer_id:
        return None  # nobody writes to one customer what another one's card was charged
    values: dict[str, object] = {
        "amount": intent.amount,
        "paid_on": now.astimezone(content.time_zone).date(),
    }
    given = None if intent.authorisation_id is None else tx.authorisations.get(intent.authorisation_id)
    if given is not None:
        values["agreed_on"] = given.agreed_at.astimezone(content.time_zone).date()
    new = Confirmation(
        outcome=Confirmed.PAYMENT if given is None else Confirmed.AUTOMATIC_PAYMENT,
        of=intent.id,
        customer_id=account.customer_id,
        account_id=account.id,
        alert_id=intent.alert_id,
        values=values,
        method=method,
    )
    return confirm_in_writing(tx, content, messaging, new, now)
