"""A customer and an overdue account to ask rules about."""

from __future__ import annotations

from datetime import date

import pytest

from ivr.accounts.account import Account
from ivr.accounts.customer import Customer
from ivr.money import Money

TODAY = date(2025, 1, 10)


@pytest.fixture
def today() -> date:
    return TODAY


@pytest.fixture
def customer() -> Customer:
    return Customer("C1", "Maria Lopez", "en", "America/New_York", "US-NY")


@pytest.fixture
def account() -> Account:
    return Account("A1", "C1", "card", "open", Money(10_000, "USD"), Money(4_250, "USD"), date(2025, 1, 7))
