"""One row of a customer file as a customer with one account."""

from __future__ import annotations

from ivr.accounts.account import Account
from ivr.accounts.contact_point import ContactPoint, Medium
from ivr.accounts.customer import Customer
from ivr.accounts.payment_method import PaymentMethod
from ivr.engine.ports import CustomerRecord
from ivr.money import Money
from ivr.phone_number import PhoneNumber
from ivr.sources import csv_columns as columns
from ivr.sources.csv_columns import Row


def read_row(row: Row) -> CustomerRecord | None:
    """Return the row's customer with its one account; None when `row.problems` tells what is wrong."""
    customer = _customer(row)
    account = _account(row, customer.id)
    numbers = _numbers(row, customer.region)
    email = row.parsed("email", columns.parse_email)
    sms = row.parsed("sms", columns.phone_parser(customer.region))
    methods = _payment_methods(row, customer.id)
    if row.problems or account is None:
        return None
    points = [
        ContactPoint(f"{customer.id}:voice:{number}", customer.id, Medium.VOICE, number, rank)
        for rank, number in enumerate(numbers, start=1)
    ]
    if email is not None:
        points.append(ContactPoint(f"{customer.id}:email:{email}", customer.id, Medium.EMAIL, email))
    if sms is not None:
        points.append(ContactPoint(f"{customer.id}:sms:{sms}", customer.id, Medium.SMS, sms))
    return CustomerRecord(customer, (account,), tuple(points), methods)


def _customer(row: Row) -> Customer:
    return Customer(
        id=row.text("customer_id"),
        name=row.text("name"),
        language=row.parsed("language", columns.parse_language) or "en",
        time_zone=row.parsed("time_zone", columns.parse_time_zone),
        region=row.parsed("region", columns.parse_region),
        segment=row.parsed("segment", columns.parse_segment),
        birth_date=row.parsed("birth_date", columns.parse_birth_date),
        postcode=row.parsed("postcode", columns.parse_postcode),
    )


def _account(row: Row, customer_id: str) -> Account | None:
    account_id, kind, status = row.text("account_id"), row.text("kind"), row.text("status") or "open"
    due_on = row.parsed("due_on", columns.parse_day)
    ending = row.parsed("account_ending", columns.parse_account_ending)
    currency = row.parsed("currency", columns.parse_currency)
    if currency is None:
        # What an amount may look like depends on it: judged once the currency is mended.
        row.text("amount_due")
        return None
    parse = columns.amount_parser(currency)
    amount_due, balance = row.parsed("amount_due", parse), row.parsed("balance", parse)
    minimum = _minimum(row, row.parsed("minimum_due", parse), amount_due)
    if amount_due is None:
        return None
    balance = amount_due if balance is None else balance
    return Account(account_id, customer_id, kind, status, balance, amount_due, due_on, ending, minimum)


def _minimum(row: Row, minimum: Money | None, amount_due: Money | None) -> Money | None:
    """Return the minimum as it is written: zero where nothing of it is left, all that is due at most."""
    if minimum is None or amount_due is None:
        return None
    if not 0 <= minimum.minor <= amount_due.minor:
        wrong = f"{minimum.amount} is not between nothing and the amount due"
        row.complain("minimum_due", wrong, "write at most the amount due, or leave it empty")
    return minimum


def _numbers(row: Row, region: str | None) -> list[PhoneNumber]:
    numbers: dict[PhoneNumber, str] = {}
    parse = columns.phone_parser(region)
    for column in row.phone_columns:
        number = row.parsed(column, parse)
        if number is None:
            continue
        if number in numbers:
            row.complain(column, f"it is the number of {numbers[number]} again", "leave one of them empty")
        numbers[number] = column
    return list(numbers)


def _payment_methods(row: Row, customer_id: str) -> tuple[PaymentMethod, ...]:
    ending = row.parsed("card_ending", columns.parse_card_ending)
    token = row.parsed("card_token", columns.parse_card_token)
    if ending and token:
        return (PaymentMethod(f"{customer_id}:card:{ending}", customer_id, "card", ending, token),)
    if (ending or token) and not row.problems:
        there, missing = ("card_ending", "card_token") if ending else ("card_token", "card_ending")
        row.complain(missing, f"it is empty beside a {there}", "give both, or neither")
    return ()
