"""Customers, accounts, contact points: our own customer store."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from ivr.accounts.account import Account
from ivr.accounts.contact_point import ContactPoint, Medium
from ivr.accounts.customer import Customer
from ivr.accounts.payment_method import PaymentMethod
from ivr.accounts.suppression import Suppression
from ivr.calling_hours import Window
from ivr.money import Money
from ivr.rules.rule import Rule
from ivr.tempo import Tempo


@dataclass(frozen=True, slots=True)
class Choice:
    """What a customer has just chosen; None leaves a matter as it was."""

    language: str | None = None
    medium: Medium | None = None
    hours: Window | None = None
    any_hours: bool = False
    """Takes the hours back."""
    tempo: Tempo | None = None


@dataclass(frozen=True, slots=True)
class CustomerRecord:
    """A customer with everything that an import brings at once."""

    customer: Customer
    accounts: Sequence[Account]
    contact_points: Sequence[ContactPoint]
    payment_methods: Sequence[PaymentMethod] = ()


class Customers(Protocol):
    """Customers, accounts, contact points, preferences: our own customer store."""

    def put(self, record: CustomerRecord) -> None:
        """Insert or replace a customer with accounts, contact points and methods of that record."""
        ...

    def customer(self, customer_id: str) -> Customer | None: ...
    def at_number(self, address: str) -> Sequence[Customer]:
        """Return whose voice contact point this number (E.164) is, as far as it is listed and usable."""
        ...

    def account(self, account_id: str) -> Account | None: ...
    def accounts_of(self, customer_id: str) -> Sequence[Account]:
        """Return a customer's accounts: those with something due first, the longest due before the others."""
        ...

    def last_payment(self, account_id: str) -> tuple[Money, datetime] | None:
        """Return amount and moment of the last payment that was booked on an account."""
        ...

    def contact_points(self, customer_id: str) -> Sequence[ContactPoint]:
        """Return all of a customer's, by rank."""
        ...

    def contact_point(self, contact_point_id: str) -> ContactPoint:
        """Return one, a third party's too."""
        ...

    def add_third_party(self, point: ContactPoint) -> None:
        """Keep where somebody is reached to whom a customer passes an alert on; once is enough.

        It is never among the customer's own.
        """
        ...

    def payment_methods(self, customer_id: str) -> Sequence[PaymentMethod]: ...
    def payment_method(self, method_id: str) -> PaymentMethod | None:
        """Return one, also when it is offered no more."""
        ...

    def keep_for_once(self, method: PaymentMethod) -> None:
        """Add a method that is used in the same call and never offered."""
        ...

    def keep_method(self, method: PaymentMethod) -> None:
        """Add a method that is offered from now on; an import that does not have it takes it back."""
        ...

    def matching(self, rule: Rule, today: date) -> Sequence[tuple[Customer, Account]]:
        """Return every account, with its customer, for which the rule's condition holds, with the amount that
        this customer chose; none of whoever does not want to hear of it.
        """
        ...

    def suppressions_at(self, address: str) -> Sequence[Suppression]:
        """Return those of the address, and of every customer whose number it is."""
        ...

    def prefer(self, customer_id: str, choice: Choice) -> None:
        """Keep what a customer chose, in the place of what they chose before; no import takes it back."""
        ...

    def asked_slower(self, customer_id: str, times: int) -> None:
        """Count how often a customer asked us to speak more slowly; from twice on they prefer it."""
        ...

    def add_suppression(self, suppression: Suppression) -> None:
        """Add one; the same again changes nothing."""
        ...

    def suppressions(self, customer_id: str | None, address: str) -> Sequence[Suppression]:
        """Return those of the customer and those of the address, whatever they cover."""
        ...

    def mark_unusable(self, contact_point_id: str, at: datetime) -> None: ...
    def apply_payment(self, account_id: str, amount: Money, key: str, at: datetime) -> bool:
        """Lower balance and amount due, once per `key`; False when that key was applied before."""
        ...
