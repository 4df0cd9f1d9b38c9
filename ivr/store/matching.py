"""Which accounts a rule's condition holds for."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, cast

import sqlalchemy as sa

from ivr.accounts.account import Account
from ivr.accounts.account_event import AccountEventKind
from ivr.accounts.customer import Customer
from ivr.rule_sql.compile import Columns, compile_condition
from ivr.rules.condition import Condition
from ivr.rules.fields import Field
from ivr.store.rows import customer_of
from ivr.store.standing import accounts_of
from ivr.store.tables.account_events import account_events
from ivr.store.tables.customers import accounts, customers
from ivr.store.tables.promises import promises


def _of_last_promise(column: sa.ColumnElement[Any]) -> sa.ScalarSelect[Any]:
    """Return a column of the account's last promise; NULL for an account without one."""
    last = sa.select(column).where(promises.c.account_id == accounts.c.id)
    last = last.order_by(promises.c.made_at.desc(), promises.c.id.desc()).limit(1)
    return last.correlate(accounts).scalar_subquery()


def _day_of_last(kind: AccountEventKind) -> sa.ScalarSelect[Any]:
    happened = (account_events.c.account_id == accounts.c.id, account_events.c.kind == kind)
    last = sa.select(sa.func.max(account_events.c.on_day)).where(*happened)
    return last.correlate(accounts).scalar_subquery()


_COLUMNS = cast(
    "Columns",
    {
        Field.ACCOUNT_ID: accounts.c.id,
        Field.ACCOUNT_KIND: accounts.c.kind,
        Field.ACCOUNT_STATUS: accounts.c.status,
        Field.ACCOUNT_CURRENCY: accounts.c.currency,
        Field.ACCOUNT_BALANCE: accounts.c.balance_minor,
        Field.ACCOUNT_AMOUNT_DUE: accounts.c.amount_due_minor,
        Field.ACCOUNT_DUE_ON: accounts.c.due_on,
        # As text: a word that it never has is unequal, not an error.
        Field.PROMISE_STATE: _of_last_promise(sa.type_coerce(promises.c.state, sa.Text)),
        Field.PROMISE_DUE_ON: _of_last_promise(promises.c.due_on),
        Field.EVENT_PROMISE_BROKEN: _day_of_last(AccountEventKind.PROMISE_BROKEN),
        Field.EVENT_LOW_SCORE: _day_of_last(AccountEventKind.LOW_SCORE),
        Field.CUSTOMER_ID: customers.c.id,
        Field.CUSTOMER_LANGUAGE: sa.func.coalesce(customers.c.preferred_language, customers.c.language),
        Field.CUSTOMER_REGION: customers.c.region,
        Field.CUSTOMER_SEGMENT: customers.c.segment,
        Field.CUSTOMER_TIME_ZONE: customers.c.time_zone,
    },
)


def matching(
    connection: sa.Connection, condition: Condition, today: date
) -> Sequence[tuple[Customer, Account]]:
    """Return every account for which `condition` holds, with its customer, by account id."""
    found = sa.select(accounts).join(customers, customers.c.id == accounts.c.customer_id)
    found = found.where(compile_condition(condition, _COLUMNS, today)).order_by(accounts.c.id)
    matched = accounts_of(connection, connection.execute(found).all())
    owners = sa.select(customers).where(
        customers.c.id.in_(found.with_only_columns(customers.c.id).order_by(None))
    )
    owner = {row.id: customer_of(row) for row in connection.execute(owners)}
    return [(owner[account.customer_id], account) for account in matched]
