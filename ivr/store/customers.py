"""Our own customer store."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from ivr.accounts.account import Account
from ivr.accounts.contact_point import ContactPoint, Medium
from ivr.accounts.customer import Customer
from ivr.accounts.payment_method import PaymentMethod
from ivr.accounts.suppression import Suppression
from ivr.engine.ports import Choice, CustomerRecord
from ivr.errors import StoreError
from ivr.money import Money
from ivr.rules.rule import Rule
from ivr.store.insert import insert_if_absent, upsert
from ivr.store.matching import matching
from ivr.store.rows import contact_point_of, customer_of, payment_method_of, suppression_of
from ivr.store.standing import accounts_of
from ivr.store.tables.customers import accounts, contact_points, customers, payment_methods, suppressions
from ivr.store.tables.payments import applied_payments
from ivr.tempo import Tempo

ASKED_OFTEN = 2
"""Who asked so often to be spoken to more slowly prefers it."""

_CONTACT_POINTS = (
    sa.select(contact_points)
    .where(contact_points.c.customer_id == sa.bindparam("customer"), contact_points.c.listed)
    .order_by(contact_points.c.rank, contact_points.c.id)
)
_ACCOUNTS_OF = (
    sa.select(accounts)
    .where(accounts.c.customer_id == sa.bindparam("customer"))
    .order_by(accounts.c.amount_due_minor <= 0, accounts.c.due_on, accounts.c.id)
)
_LAST_PAYMENT = (
    sa.select(applied_payments)
    .where(applied_payments.c.account_id == sa.bindparam("account"))
    .order_by(applied_payments.c.at.desc(), applied_payments.c.key)
    .limit(1)
)
_AT_NUMBER = (
    sa.select(customers)
    .where(
        sa.exists().where(
            contact_points.c.customer_id == customers.c.id,
            contact_points.c.address == sa.bindparam("address"),
            contact_points.c.medium == Medium.VOICE,
            contact_points.c.listed,
            contact_points.c.usable,
        )
    )
    .order_by(customers.c.id)
)
_PAYMENT_METHODS = (
    sa.select(payment_methods)
    .where(payment_methods.c.customer_id == sa.bindparam("customer"), payment_methods.c.listed)
    .order_by(payment_methods.c.id)
)


class SqlCustomers:
    """Customers, accounts, contact points, payment methods and suppressions of one transaction."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def put(self, record: CustomerRecord) -> None:
        customer = record.customer
        row = {
            "id": customer.id,
            "name": customer.name,
            "language": customer.language,
            "time_zone": customer.time_zone,
            "region": customer.region,
            "segment": customer.segment,
            "birth_date": customer.birth_date,
            "postcode": customer.postcode,
        }
        upsert(self._connection, customers, row, key=["id"])
        for account in record.accounts:
            self._put_account(account)
        self._withdraw(contact_points, customer.id, [point.id for point in record.contact_points])
        for point in record.contact_points:
            self._put_contact_point(point)
        self._withdraw(payment_methods, customer.id, [method.id for method in record.payment_methods])
        for method in record.payment_methods:
            self._put_payment_method(method, listed=True)

    def customer(self, customer_id: str) -> Customer | None:
        row = self._connection.execute(sa.select(customers).where(customers.c.id == customer_id)).first()
        return customer_of(row) if row else None

    def at_number(self, address: str) -> Sequence[Customer]:
        rows = self._connection.execute(_AT_NUMBER, {"address": address})
        return [customer_of(row) for row in rows]

    def account(self, account_id: str) -> Account | None:
        rows = self._connection.execute(sa.select(accounts).where(accounts.c.id == account_id)).all()
        return next(iter(accounts_of(self._connection, rows)), None)

    def accounts_of(self, customer_id: str) -> Sequence[Account]:
        rows = self._connection.execute(_ACCOUNTS_OF, {"customer": customer_id}).all()
        return accounts_of(self._connection, rows)

    def last_payment(self, account_id: str) -> tuple[Money, datetime] | None:
        row = self._connection.execute(_LAST_PAYMENT, {"account": account_id}).first()
        return None if row is None else (Money(row.amount_minor, row.currency), row.at)

    def contact_points(self, customer_id: str) -> Sequence[ContactPoint]:
        rows = self._connection.execute(_CONTACT_POINTS, {"customer": customer_id})
        return [contact_point_of(row) for row in rows]

    def contact_point(self, contact_point_id: str) -> ContactPoint:
        query = sa.select(contact_points).where(contact_points.c.id == contact_point_id)
        row = self._connection.execute(query).first()
        if row is None:
            raise StoreError(f"there is no contact point {contact_point_id}")
        return contact_point_of(row)

    def add_third_party(self, point: ContactPoint) -> None:
        row = {**_contact_point_row(point), "listed": False, "third_party": True}
        insert_if_absent(self._connection, contact_points, row, unless=["id"])

    def payment_methods(self, customer_id: str) -> Sequence[PaymentMethod]:
        rows = self._connection.execute(_PAYMENT_METHODS, {"customer": customer_id})
        return [payment_method_of(row) for row in rows]

    def payment_method(self, method_id: str) -> PaymentMethod | None:
        query = sa.select(payment_methods).where(payment_methods.c.id == method_id)
        row = self._connection.execute(query).first()
        return payment_method_of(row) if row else None

    def keep_for_once(self, method: PaymentMethod) -> None:
        self._put_payment_method(method, listed=False)

    def keep_method(self, method: PaymentMethod) -> None:
        self._put_payment_method(method, listed=True)

    def matching(self, rule: Rule, today: date) -> Sequence[tuple[Customer, Account]]:
        return matching(self._connection, rule, today)

    def suppressions_at(self, address: str) -> Sequence[Suppression]:
        owners = [customer.id for customer in self.at_number(address)]
        whose = suppressions.c.customer_id.in_(owners) | (suppressions.c.address == address)
        rows = self._connection.execute(sa.select(suppressions).where(whose).order_by("since", "key"))
        return [suppression_of(row) for row in rows]

    def prefer(self, customer_id: str, choice: Choice) -> None:
        chosen: dict[str, str | None] = {
            "preferred_language": choice.language,
            "preferred_medium": choice.medium.value if choice.medium else None,
            "preferred_hours": str(choice.hours) if choice.hours else None,
            "preferred_tempo": choice.tempo.value if choice.tempo else None,
        }
        changed: dict[str, str | int | None] = {
            name: value for name, value in chosen.items() if value is not None
        }
        if choice.any_hours:
            changed["preferred_hours"] = None
        if choice.tempo is not None:
            changed["asked_slower"] = 0
        change = sa.update(customers).where(customers.c.id == customer_id).values(changed)
        if self._connection.execute(change).rowcount == 0:
            raise StoreError(f"there is no customer {customer_id}")

    def asked_slower(self, customer_id: str, times: int) -> None:
        asked = customers.c.asked_slower + times
        preferred = sa.case((asked >= ASKED_OFTEN, Tempo.SLOW), else_=customers.c.preferred_tempo)
        change = sa.update(customers).where(customers.c.id == customer_id)
        self._connection.execute(change.values(asked_slower=asked, preferred_tempo=preferred))

    def add_suppression(self, suppression: Suppression) -> None:
        row = {
            "key": json.dumps([suppression.customer_id, suppression.address, suppression.topic]),
            "customer_id": suppression.customer_id,
            "address": suppression.address,
            "topic": suppression.topic,
            "since": suppression.since,
            "source": suppression.source,
        }
        insert_if_absent(self._connection, suppressions, row, unless=["key"])

    def suppressions(self, customer_id: str | None, address: str) -> Sequence[Suppression]:
        table = suppressions.c
        theirs = [table.address == address]
        if customer_id is not None:
            theirs.append(table.customer_id == customer_id)
        rows = self._connection.execute(sa.select(suppressions).where(sa.or_(*theirs)).order_by(table.since))
        return [suppression_of(row) for row in rows]

    def mark_unusable(self, contact_point_id: str, at: datetime) -> None:
        since = sa.func.coalesce(contact_points.c.unusable_since, at)
        change = sa.update(contact_points).where(contact_points.c.id == contact_point_id)
        if self._connection.execute(change.values(usable=False, unusable_since=since)).rowcount == 0:
            raise StoreError(f"there is no contact point {contact_point_id}")

    def apply_payment(self, account_id: str, amount: Money, key: str, at: datetime) -> bool:
        row = {
            "key": key,
            "account_id": account_id,
            "amount_minor": amount.minor,
            "currency": amount.currency,
            "at": at,
        }
        if not insert_if_absent(self._connection, applied_payments, row, unless=["key"]):
            return False
        due, balance, least = (
            accounts.c.amount_due_minor,
            accounts.c.balance_minor,
            accounts.c.minimum_due_minor,
        )
        change = sa.update(accounts).where(
            accounts.c.id == account_id, accounts.c.currency == amount.currency
        )
        # A payment above what is due is kept as balance; nobody is ever due less than nothing.
        left = sa.case((due > amount.minor, due - amount.minor), else_=0)
        # Zero is a minimum that was met; where there was none, there is none.
        least_left = sa.case(
            (least.is_(None), sa.null()), (least > amount.minor, least - amount.minor), else_=0
        )
        result = self._connection.execute(
            change.values(
                balance_minor=balance - amount.minor, amount_due_minor=left, minimum_due_minor=least_left
            )
        )
        if result.rowcount == 0:
            raise StoreError(f"there is no account {account_id} in {amount.currency}")
        return True

    def _put_account(self, account: Account) -> None:
        amounts = (account.balance, account.amount_due, account.minimum_due or account.amount_due)
        if len({amount.currency for amount in amounts}) > 1:
            raise StoreError(f"account {account.id} has its amounts in two currencies")
        row = {
            "id": account.id,
            "customer_id": account.customer_id,
            "kind": account.kind,
            "status": account.status,
            "balance_minor": account.balance.minor,
            "amount_due_minor": account.amount_due.minor,
            "minimum_due_minor": None if account.minimum_due is None else account.minimum_due.minor,
            "currency": account.balance.currency,
            "due_on": account.due_on,
            "ending": account.ending,
        }
        upsert(self._connection, accounts, row, key=["id"])

    def _put_contact_point(self, point: ContactPoint) -> None:
        row = {**_contact_point_row(point), "listed": True}
        upsert(self._connection, contact_points, row, key=["id"], keep=_still_unusable)

    def _put_payment_method(self, method: PaymentMethod, *, listed: bool) -> None:
        row = {
            "id": method.id,
            "customer_id": method.customer_id,
            "kind": method.kind,
            "ending": method.ending,
            "token": method.token,
            "listed": listed,
        }
        upsert(self._connection, payment_methods, row, key=["id"])

    def _withdraw(self, table: sa.Table, customer_id: str, listed: Collection[str]) -> None:
        """Unlist what the record no longer brings; the rows stay, because the ledger points at them."""
        gone = sa.update(table).where(table.c.customer_id == customer_id, table.c.id.not_in(listed))
        self._connection.execute(gone.values(listed=False))


def _contact_point_row(point: ContactPoint) -> dict[str, Any]:
    return {
        "id": point.id,
        "customer_id": point.customer_id,
        "medium": point.medium,
        "address": point.address,
        "rank": point.rank,
        "usable": point.usable,
    }


def _still_unusable(
    known: sa.Table, brought: sa.ColumnCollection[str, Any]
) -> Mapping[str, sa.ColumnElement[bool]]:
    """That somebody said "wrong number" outlives the next import, unless that brings another number."""
    other_address = known.c.address != brought["address"]
    return {"usable": sa.and_(sa.or_(other_address, known.c.usable), brought["usable"])}
