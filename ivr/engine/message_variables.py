"""What a message can speak of: all that ivr.messages.load_templates lets it, None for what there is not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from ivr.accounts.payment_method import PaymentMethod
from ivr.alerts.alert import Alert
from ivr.engine.content import Content
from ivr.engine.matter import last_paid
from ivr.engine.ports import Transaction
from ivr.engine.session_variables import (
    account_variables,
    alert_variables,
    company_variables,
    customer_variables,
    payment_variables,
)
from ivr.errors import MessageError


def message_variables(
    tx: Transaction,
    content: Content,
    customer_id: str,
    account_id: str | None,
    alert: Alert | None,
    topic: str | None,
    methods: Sequence[PaymentMethod],
    now: datetime,
) -> Mapping[str, object]:
    """Return the values; the first of `methods` is spoken of, and `topic` where there is no alert.

    Raises MessageError when there is no such customer.
    """
    today = now.astimezone(content.time_zone).date()
    customer = tx.customers.customer(customer_id)
    account = tx.customers.account(account_id) if account_id else None
    if customer is None:
        raise MessageError("there is no such customer")
    no_alert = {"id": None, "topic": topic, "reference": None}
    company = content.company_for(None if alert is None else alert.rule)
    about = {"alert": no_alert if alert is None else alert_variables(alert)}
    if account is None:
        known = {"customer": customer_variables(customer), "account": None}
        return {**company_variables(company, today), **known, **payment_variables(()), **about}
    paid = last_paid(tx, content, account)
    return {
        **account_variables(company, customer, account, today, paid),
        **payment_variables(methods),
        **about,
    }
