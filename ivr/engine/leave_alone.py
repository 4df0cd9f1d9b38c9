"""Leave alone whoever asks for it on a page that is about no alert: there is no outcome to keep it in."""

from __future__ import annotations

import uuid
from datetime import datetime

from ivr.accounts.hold import Hold, HoldKind
from ivr.engine.opt_out import opt_out
from ivr.engine.ports import Transaction
from ivr.messages.message import Message
from ivr.outcomes.response import Response


def leave_alone(tx: Transaction, message: Message, response: Response, answer_id: str, now: datetime) -> bool:
    """Do what a response to a message asks for; False for one that means nothing without an alert.

    The same `answer_id` again changes nothing.
    """
    match response:
        case Response.OPTED_OUT:
            opt_out(tx, message.customer_id, message.address, message.topic, "response", now)
        case Response.STOP_CONTACT:
            opt_out(tx, message.customer_id, message.address, None, "response", now)
            if message.customer_id is not None:
                tx.holds.place(_stop_contact(message.customer_id, answer_id, now))
        case Response.WRONG_PERSON if message.contact_point_id is not None:
            tx.customers.mark_unusable(message.contact_point_id, now)
        case Response.WRONG_PERSON:
            opt_out(tx, None, message.address, None, "response", now)
        case _:
            return False
    return True


def _stop_contact(customer_id: str, answer_id: str, now: datetime) -> Hold:
    return Hold(
        id=uuid.uuid5(uuid.NAMESPACE_OID, f"page/{answer_id}/{HoldKind.STOP_CONTACT}").hex,
        kind=HoldKind.STOP_CONTACT,
        customer_id=customer_id,
        account_id=None,
        topic=None,
        since=now,
        until=None,
        source="customer",
    )
