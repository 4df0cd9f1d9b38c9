"""A person places a hold by hand."""

from __future__ import annotations

import uuid
from datetime import datetime

from ivr.accounts.hold import Hold, HoldKind
from ivr.engine.ports import Transaction
from ivr.errors import UsageError


def place_hold(
    tx: Transaction,
    kind: HoldKind,
    customer_id: str,
    account_id: str | None,
    until: datetime | None,
    by: str,
    now: datetime,
) -> Hold:
    """Hold everything about an account, or (None) about the customer, from now on.

    Raises UsageError for a customer that is not there and for an account that is not theirs.
    """
    if tx.customers.customer(customer_id) is None:
        raise UsageError(f"There is no customer {customer_id!r}.")
    account = None if account_id is None else tx.customers.account(account_id)
    if account_id is not None and (account is None or account.customer_id != customer_id):
        raise UsageError(f"Customer {customer_id!r} has no account {account_id!r}.")
    hold = Hold(uuid.uuid4().hex, kind, customer_id, account_id, None, now, until, by)
    tx.holds.place(hold)
    return hold
