"""What a customer promised to pay, in writing."""

from __future__ import annotations

from datetime import datetime

from ivr.accounts.promise import Promise
from ivr.engine.confirm_in_writing import Confirmation, confirm_in_writing
from ivr.engine.content import Content
from ivr.engine.messaging import Messaging
from ivr.engine.ports import Transaction
from ivr.messages.message import Message
from ivr.money import Money
from ivr.rules.confirm_terms import Confirmed


def confirm_promise(
    tx: Transaction, content: Content, messaging: Messaging, promise: Promise, now: datetime
) -> Message | None:
    """Queue what confirms a promise, or a plan of several parts; None: nothing is written."""
    first, last = promise.parts[0], promise.parts[-1]
    values: dict[str, object] = {
        "amount": Money(sum(part.amount.minor for part in promise.parts), first.amount.currency),
        "pay_by": last.due_on,
    }
    is_plan = len(promise.parts) > 1
    if is_plan:
        values["parts"] = len(promise.parts)
        values["first_amount"] = first.amount
        values["first_by"] = first.due_on
    new = Confirmation(
        outcome=Confirmed.INSTALMENTS if is_plan else Confirmed.PROMISE,
        of=promise.id,
        customer_id=promise.customer_id,
        account_id=promise.account_id,
        alert_id=promise.alert_id,
        values=values,
    )
    return confirm_in_writing(tx, content, messaging, new, now)
