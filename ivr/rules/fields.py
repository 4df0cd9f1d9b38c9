"""The whitelist: every field that a rule may look at, its kind, and how it is read from plain data."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum, StrEnum
from types import MappingProxyType

from ivr.accounts.account import Account
from ivr.accounts.account_event import AccountEventKind
from ivr.accounts.customer import Customer
from ivr.accounts.promise import PromiseState
from ivr.money import Money


class FieldKind(Enum):
    """What a field holds, which decides the operators that make sense for it."""

    TEXT = "text"
    MONEY = "money"
    DAY = "day"
    COUNT = "count"


class Field(StrEnum):
    """The name of a field as it is written in a rule."""

    ACCOUNT_ID = "account.id"
    ACCOUNT_KIND = "account.kind"
    ACCOUNT_STATUS = "account.status"
    ACCOUNT_CURRENCY = "account.currency"
    ACCOUNT_BALANCE = "account.balance"
    ACCOUNT_AMOUNT_DUE = "account.amount_due"
    ACCOUNT_DUE_ON = "account.due_on"
    ACCOUNT_DAYS_OVERDUE = "account.days_overdue"
    """Days since due_on: 1 on the day after it, negative before it."""
    PROMISE_STATE = "promise.state"
    """Of the account's last promise; without one it is unknown."""
    PROMISE_DUE_ON = "promise.due_on"
    EVENT_PROMISE_BROKEN = "event.promise_broken"
    """The day on which a promise was last found broken."""
    EVENT_LOW_SCORE = "event.low_score"
    """The day on which the customer last gave a low score in a survey."""
    EVENT_PAYMENT_INVITATION = "event.payment_invitation"
    """The day on which the customer was last to be invited to pay, as they want it every month."""
    EVENT_AUTOMATIC_PAYMENT_DECLINED = "event.automatic_payment_declined"
    """The day on which an automatic payment was last declined."""
    INVITATION_MEDIUM = "invitation.medium"
    """By what the last monthly invitation went: `voice` where a call is to bring it."""
    CUSTOMER_ID = "customer.id"
    CUSTOMER_LANGUAGE = "customer.language"
    CUSTOMER_REGION = "customer.region"
    CUSTOMER_SEGMENT = "customer.segment"
    CUSTOMER_TIME_ZONE = "customer.time_zone"

    @property
    def kind(self) -> FieldKind:
        """What the field holds."""
        return _KINDS.get(self, FieldKind.TEXT)

    @property
    def words(self) -> tuple[str, ...]:
        """All that it can hold, for a field with a vocabulary of its own; else none."""
        return _PROMISE_STATES if self is Field.PROMISE_STATE else ()

    @property
    def spoken(self) -> str:
        """The field's name in a sentence: `the amount due`."""
        return _SPOKEN[self]


Value = str | int | date | Money | None
"""What a field can hold; None where nothing is known."""

_PROMISE_STATES = (PromiseState.OPEN, PromiseState.KEPT, PromiseState.BROKEN)
"""Those that the last promise can be in: one that was superseded is not the last."""
_KINDS = {
    Field.ACCOUNT_BALANCE: FieldKind.MONEY,
    Field.ACCOUNT_AMOUNT_DUE: FieldKind.MONEY,
    Field.ACCOUNT_DUE_ON: FieldKind.DAY,
    Field.ACCOUNT_DAYS_OVERDUE: FieldKind.COUNT,
    Field.PROMISE_DUE_ON: FieldKind.DAY,
    Field.EVENT_PROMISE_BROKEN: FieldKind.DAY,
    Field.EVENT_LOW_SCORE: FieldKind.DAY,
    Field.EVENT_PAYMENT_INVITATION: FieldKind.DAY,
    Field.EVENT_AUTOMATIC_PAYMENT_DECLINED: FieldKind.DAY,
}
_SPOKEN = {
    Field.ACCOUNT_ID: "the account's id",
    Field.ACCOUNT_KIND: "the kind of account",
    Field.ACCOUNT_STATUS: "the account's status",
    Field.ACCOUNT_CURRENCY: "the account's currency",
    Field.ACCOUNT_BALANCE: "the balance",
    Field.ACCOUNT_AMOUNT_DUE: "the amount due",
    Field.ACCOUNT_DUE_ON: "the due date",
    Field.ACCOUNT_DAYS_OVERDUE: "the number of days overdue",
    Field.PROMISE_STATE: "the last promise",
    Field.PROMISE_DUE_ON: "the promised day",
    Field.EVENT_PROMISE_BROKEN: "the day of the last broken promise",
    Field.EVENT_LOW_SCORE: "the day of the last low score in a survey",
    Field.EVENT_PAYMENT_INVITATION: "the day of the last invitation to pay",
    Field.EVENT_AUTOMATIC_PAYMENT_DECLINED: "the day of the last declined automatic payment",
    Field.INVITATION_MEDIUM: "the medium of the last invitation to pay",
    Field.CUSTOMER_ID: "the customer's id",
    Field.CUSTOMER_LANGUAGE: "the customer's language",
    Field.CUSTOMER_REGION: "the customer's region",
    Field.CUSTOMER_SEGMENT: "the customer's segment",
    Field.CUSTOMER_TIME_ZONE: "the customer's time zone",
}


@dataclass(frozen=True, slots=True)
class Subject:
    """What a condition is asked about: one account of one customer on one day."""

    customer: Customer
    account: Account
    today: date

    def value(self, field: Field) -> Value:
        """Return what `field` holds, None where it is unknown."""
        return _READERS[field](self)


def _days_overdue(subject: Subject) -> int | None:
    due_on = subject.account.due_on
    return None if due_on is None else (subject.today - due_on).days


def _promise_state(subject: Subject) -> str | None:
    promise = subject.account.promise
    return None if promise is None else promise.state.value


def _promise_due_on(subject: Subject) -> date | None:
    promise = subject.account.promise
    return None if promise is None else promise.due_on


_READERS: Mapping[Field, Callable[[Subject], Value]] = MappingProxyType(
    {
        Field.ACCOUNT_ID: lambda s: s.account.id,
        Field.ACCOUNT_KIND: lambda s: s.account.kind,
        Field.ACCOUNT_STATUS: lambda s: s.account.status,
        Field.ACCOUNT_CURRENCY: lambda s: s.account.amount_due.currency,
        Field.ACCOUNT_BALANCE: lambda s: s.account.balance,
        Field.ACCOUNT_AMOUNT_DUE: lambda s: s.account.amount_due,
        Field.ACCOUNT_DUE_ON: lambda s: s.account.due_on,
        Field.ACCOUNT_DAYS_OVERDUE: _days_overdue,
        Field.PROMISE_STATE: _promise_state,
        Field.PROMISE_DUE_ON: _promise_due_on,
        Field.EVENT_PROMISE_BROKEN: lambda s: s.account.events.get(AccountEventKind.PROMISE_BROKEN),
        Field.EVENT_LOW_SCORE: lambda s: s.account.events.get(AccountEventKind.LOW_SCORE),
        Field.EVENT_PAYMENT_INVITATION: lambda s: s.account.events.get(AccountEventKind.PAYMENT_INVITATION),
        Field.EVENT_AUTOMATIC_PAYMENT_DECLINED: lambda s: s.account.events.get(
            AccountEventKind.AUTOMATIC_PAYMENT_DECLINED
        ),
        Field.INVITATION_MEDIUM: lambda s: s.account.invited_by and s.account.invited_by.value,
        Field.CUSTOMER_ID: lambda s: s.customer.id,
        Field.CUSTOMER_LANGUAGE: lambda s: s.customer.language,
        Field.CUSTOMER_REGION: lambda s: s.customer.region,
        Field.CUSTOMER_SEGMENT: lambda s: s.customer.segment,
        Field.CUSTOMER_TIME_ZONE: lambda s: s.customer.time_zone,
    }
)


def shown(value: Value) -> str:
    """Return a value as it reads in a sentence, a template or a fact: `42.50 USD`, `unknown`."""
    if value is None:
        return "unknown"
    if isinstance(value, Money):
        return f"{value.amount} {value.currency}"
    return value.isoformat() if isinstance(value, date) else str(value)
