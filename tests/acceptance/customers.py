"""Customers of the bank: a telephone or several, and what they owe."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from ivr.accounts.account import Account
from ivr.accounts.contact_point import ContactPoint, Medium
from ivr.accounts.customer import Customer as CustomerValue
from ivr.accounts.payment_method import PaymentMethod
from ivr.carrier.prompt_listener import PromptListener
from ivr.carrier.town import Town
from ivr.engine.ports import CustomerRecord
from ivr.money import Money, parse_money
from ivr.phone_number import PhoneNumber
from tests.acceptance.phone import PhoneBook, Somebody

LONG_AGO = date(2025, 11, 3)
"""The day on which every payment of these tests was due."""


class Customer(Somebody):
    """Somebody who answers at their first number and has a record at the bank."""

    def __init__(
        self, town: Town, listener: PromptListener, record: CustomerRecord, others: Sequence[Somebody]
    ) -> None:
        super().__init__(town, listener, PhoneNumber(record.contact_points[0].address))
        self.record = record
        self.id = record.customer.id
        self.others = tuple(others)
        """Whoever is at the customer's further numbers."""


class Customers:
    """Makes customers, each with numbers of their own."""

    def __init__(self, town: Town, listener: PromptListener, phone_book: PhoneBook) -> None:
        self._town = town
        self._listener = listener
        self._phone_book = phone_book
        self._made = 0

    def __call__(
        self,
        owing: str = "42.50",
        *,
        minimum: str | None = None,
        card: str | None = None,
        saved_as: str = "tok_ok",
        numbers: int = 1,
        address: str | None = None,
        time_zone: str | None = "America/New_York",
        due_on: date = LONG_AGO,
        language: str = "en",
        birth_date: date | None = None,
        email: str | None = None,
    ) -> Customer:
        """Return a customer with an overdue account; `card` is the ending of a saved one, which
        the provider knows as `saved_as`.

        `address` takes the place of a number that rings in this town.
        """
        self._made += 1
        phones = [self._phone_book.somebody() for _ in range(numbers)]
        addresses = [address or phones[0].number, *(phone.number for phone in phones[1:])]
        who = CustomerValue(f"C{self._made}", "Maria Lopez", language, time_zone, "US", birth_date=birth_date)
        least = None if minimum is None else parse_money(minimum, "USD")
        record = _record(who, addresses, parse_money(owing, "USD"), due_on, least)
        if card is not None:
            method = PaymentMethod(f"M{self._made}", record.customer.id, "card", card, saved_as)
            record = CustomerRecord(record.customer, record.accounts, record.contact_points, [method])
        if email is not None:
            record = _reached_at(record, email)
        return Customer(self._town, self._listener, record, phones[1:])


def with_another_matter(customer: Customer) -> Customer:
    """Let another payment of the customer be overdue."""
    old = customer.record
    accounts = [replace(account, due_on=date(2025, 12, 3)) for account in old.accounts]
    customer.record = CustomerRecord(old.customer, accounts, old.contact_points, old.payment_methods)
    return customer


def _reached_at(old: CustomerRecord, email: str) -> CustomerRecord:
    point = ContactPoint(f"E-{old.customer.id}", old.customer.id, Medium.EMAIL, email)
    return CustomerRecord(old.customer, old.accounts, [*old.contact_points, point], old.payment_methods)


def _record(
    who: CustomerValue, addresses: Sequence[str], owing: Money, due_on: date, minimum: Money | None
) -> CustomerRecord:
    return CustomerRecord(
        who,
        [Account(f"A-{who.id}", who.id, "card", "open", owing, owing, due_on, minimum_due=minimum)],
        [
            ContactPoint(f"P-{who.id}-{rank}", who.id, Medium.VOICE, address, rank)
            for rank, address in enumerate(addresses, start=1)
        ],
    )
