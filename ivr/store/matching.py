"""Which accounts a rule's condition holds for."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, cast

import sqlalchemy as sa

from ivr.accounts.account import Account
from ivr.accounts.account_event import AccountEventKind
from ivr.accounts.customer import Customer
from ivr.rule_sql.compile import Chosen, Columns, compile_condition
from ivr.rules.customer_may import ThresholdTerms
from ivr.rules.fields import Field
from ivr.rules.rule import Rule
from ivr.store.rows import customer_of
from ivr.store.standing import accounts_of
from ivr.store.tables.account_events import account_events
from ivr.store.tables.alert_choices import alert_choices
from ivr.store.tables.customers import accounts, customers
from ivr.store.tables.invitations import invitations
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


def _of_lasting_invitation(column: sa.ColumnElement[Any]) -> sa.ScalarSelect[Any]:
    lasting = (invitations.c.account_id == accounts.c.id, invitations.c.ended_at.is_(None))
    return sa.select(column).where(*lasting).correlate(accounts).scalar_subquery()


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
        Field.EVENT_PAYMENT_INVITATION: _day_of_last(AccountEventKind.PAYMENT_INVITATION),
        Field.EVENT_AUTOMATIC_PAYMENT_DECLINED: _day_of_last(AccountEventKind.AUTOMATIC_PAYMENT_DECLINED),
        # As text, as the state of a promise.
        Field.INVITATION_MEDIUM: _of_lasting_invitation(sa.type_coerce(invitations.c.invited_by, sa.Text)),
        Field.CUSTOMER_ID: customers.c.id,
        Field.CUSTOMER_LANGUAGE: sa.func.coalesce(customers.c.preferred_language, customers.c.language),
        Field.CUSTOMER_REGION: customers.c.region,
        Field.CUSTOMER_SEGMENT: customers.c.segment,
        Field.CUSTOMER_TIME_ZONE: customers.c.time_zone,
    },
)


def matching(connection: sa.Connection, rule: Rule, today: date) -> Sequence[tuple[Customer, Account]]:
    """Return every account that a rule applies to, with its customer, by account id.

    What customers chose about the rule means here what it means in ivr.rules.alert_choice.
    """
    found = sa.select(accounts).join(customers, customers.c.id == accounts.c.customer_id)
    may = rule.customer_may
    if may is None:
        found = found.where(compile_condition(rule.when, _COLUMNS, today))
    else:
        theirs = (alert_choices.c.customer_id == customers.c.id, alert_choices.c.rule == rule.name)
        found = found.outerjoin(alert_choices, sa.and_(*theirs))
        chosen = None if may.threshold is None else _chosen(may.threshold)
        found = found.where(compile_condition(rule.when, _COLUMNS, today, chosen))
        if may.off:
            found = found.where(sa.func.coalesce(alert_choices.c.wanted, sa.literal(not may.on_request)))
    found = found.order_by(accounts.c.id)
    matched = accounts_of(connection, connection.execute(found).all())
    owners = sa.select(customers).where(
        customers.c.id.in_(found.with_only_columns(customers.c.id).order_by(None))
    )
    owner = {row.id: customer_of(row) for row in connection.execute(owners)}
    return [(owner[account.customer_id], account) for account in matched]


def _chosen(terms: ThresholdTerms) -> Chosen:
    """Return the amount that a customer chose, NULL where the rule does not take it any more."""
    minor, least, most = alert_choices.c.threshold_minor, terms.least, terms.most
    taken = sa.and_(alert_choices.c.currency == least.currency, minor.between(least.minor, most.minor))
    return Chosen(terms.field, sa.case((taken, minor), else_=sa.null()))
