"""Random conditions, random accounts, and the question whether a database answers as memory does."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

import sqlalchemy as sa
from hypothesis import strategies as st
from pydantic import TypeAdapter

from ivr.accounts.account import Account
from ivr.accounts.account_event import AccountEventKind
from ivr.accounts.customer import Customer
from ivr.accounts.promise import Part, Promise, PromiseState
from ivr.money import Money
from ivr.rule_sql.compile import Columns, compile_condition
from ivr.rules.condition import OPERATORS, Condition, Operator, WholeCondition
from ivr.rules.evaluate import evaluate
from ivr.rules.fields import Field, FieldKind

TODAY = date(2025, 1, 31)
CONDITION: TypeAdapter[Condition] = TypeAdapter(WholeCondition)

# Few values, so that equal ones meet often; odd ones, so that quoting, case and width are tried.
TEXTS = ("open", "Open", "", "it's", "é", "e\u0301", "US-FL", "%", "\U0001f4b3")
CURRENCIES = ("USD", "JPY", "EUR")
MINORS = (-(10**15), -1, 0, 1, 99, 100, 101, 10**15)
DAYS = tuple(TODAY + timedelta(days=n) for n in (-40, -3, -1, 0, 1, 3, 40))

metadata = sa.MetaData()
rows = sa.Table(
    "rows",
    metadata,
    sa.Column("n", sa.Integer, primary_key=True),
    *(sa.Column(f.value, sa.Text) for f in Field if f.kind is FieldKind.TEXT),
    *(sa.Column(f.value, sa.BigInteger) for f in Field if f.kind is FieldKind.MONEY),
    *(sa.Column(f.value, sa.Date) for f in Field if f.kind is FieldKind.DAY),
)
COLUMNS: Columns = {field: rows.c[field.value] for field in Field if field.value in rows.c}


def an_operand(kind: FieldKind) -> st.SearchStrategy[object]:
    match kind:
        case FieldKind.TEXT:
            return st.sampled_from([text for text in TEXTS if text])
        case FieldKind.MONEY:
            return st.sampled_from(["0", "0.01 USD", "1.00 USD", "1 JPY", "100 JPY", "-0.01 EUR"])
        case FieldKind.COUNT:
            return st.sampled_from([-3, -1, 0, 1, 3, 36_500])
        case FieldKind.DAY:
            return st.sampled_from(["today", "today-3", "today+3", *(day.isoformat() for day in DAYS)])


@st.composite
def comparisons(draw: st.DrawFn) -> dict[str, object]:
    field = draw(st.sampled_from(list(Field)))
    operator = draw(st.sampled_from(sorted(OPERATORS[field.kind])))
    operand = st.sampled_from(field.words) if field.words else an_operand(field.kind)
    match operator:
        case Operator.PRESENT:
            value: object = draw(st.booleans())
        case Operator.IN:
            value = draw(st.lists(operand, min_size=1, max_size=4))
        case _:
            value = draw(operand)
    return {"field": field.value, operator.value: value}


def joined(part: st.SearchStrategy[object]) -> st.SearchStrategy[object]:
    parts = st.lists(part, min_size=1, max_size=4)
    return (
        st.builds(lambda p: {"all": p}, parts)
        | st.builds(lambda p: {"any": p}, parts)
        | st.builds(lambda p: {"not": p}, part)
    )


conditions = st.recursive(comparisons(), joined, max_leaves=8)


@st.composite
def subjects(draw: st.DrawFn) -> tuple[Customer, Account]:
    text = st.sampled_from(TEXTS)
    currency = draw(st.sampled_from(CURRENCIES))
    money = st.builds(Money, st.sampled_from(MINORS), st.just(currency))
    customer = Customer(
        id=draw(text),
        name="x",
        language=draw(text),
        time_zone=draw(st.none() | text),
        region=draw(st.none() | text),
        segment=draw(st.none() | text),
    )
    account = Account(
        id=draw(text),
        customer_id=customer.id,
        kind=draw(text),
        status=draw(text),
        balance=draw(money),
        amount_due=draw(money),
        due_on=draw(st.none() | st.sampled_from(DAYS)),
        promise=draw(st.none() | st.builds(a_promise, st.sampled_from(PromiseState), st.sampled_from(DAYS))),
        events=draw(st.dictionaries(st.sampled_from(AccountEventKind), st.sampled_from(DAYS))),
    )
    return customer, account


def a_promise(state: PromiseState, due_on: date) -> Promise:
    made, amount = datetime(2025, 1, 1, tzinfo=UTC), Money(100, "USD")
    return Promise("p", "a", "c", None, None, "o", made, amount, (Part(amount, due_on, made),), state)


def as_row(customer: Customer, account: Account) -> dict[str, object]:
    return {
        "account.id": account.id,
        "account.kind": account.kind,
        "account.status": account.status,
        "account.currency": account.amount_due.currency,
        "account.balance": account.balance.minor,
        "account.amount_due": account.amount_due.minor,
        "account.due_on": account.due_on,
        "promise.state": None if account.promise is None else account.promise.state.value,
        "promise.due_on": None if account.promise is None else account.promise.due_on,
        "event.promise_broken": account.events.get(AccountEventKind.PROMISE_BROKEN),
        "event.low_score": account.events.get(AccountEventKind.LOW_SCORE),
        "event.payment_invitation": account.events.get(AccountEventKind.PAYMENT_INVITATION),
        "event.automatic_payment_declined": account.events.get(AccountEventKind.AUTOMATIC_PAYMENT_DECLINED),
        "invitation.medium": account.invited_by and account.invited_by.value,
        "customer.id": customer.id,
        "customer.language": customer.language,
        "customer.region": customer.region,
        "customer.time_zone": customer.time_zone,
        "customer.segment": customer.segment,
    }


Person = tuple[Customer, Account]


def assert_the_database_answers_as_memory(
    connection: sa.Connection, written: Sequence[object], people: Sequence[Person]
) -> None:
    """Put `people` into the empty table `rows`, and ask both for each of the `written` conditions."""
    connection.execute(rows.insert(), [{"n": n, **as_row(*person)} for n, person in enumerate(people)])
    for one in written:
        condition = CONDITION.validate_python(one)
        selected = set(
            connection.scalars(sa.select(rows.c.n).where(compile_condition(condition, COLUMNS, TODAY)))
        )
        expected = {n for n, person in enumerate(people) if evaluate(condition, *person, TODAY)}
        assert selected == expected, one
