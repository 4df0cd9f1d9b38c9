"""What a call that came in may speak of once it is known whom it is about."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, datetime

from ivr.accounts.account import Account
from ivr.accounts.contact_point import Medium
from ivr.accounts.customer import Customer
from ivr.alerts.alert import Alert
from ivr.engine.check_factor import known_factors
from ivr.engine.content import Content, Contents
from ivr.engine.ports import NewCall, Transaction
from ivr.engine.session_variables import (
    account_variables,
    alert_variables,
    contact_variables,
    customer_variables,
    payment_variables,
    promise_variables,
)
from ivr.engine.ways_to_pay import ways_to_pay
from ivr.engine.world import World
from ivr.flows.compliance import factor_order
from ivr.flows.factor import Factor
from ivr.flows.factor_digits import factors_held
from ivr.flows.on_the_line import Party
from ivr.money import Money


def matter_variables(
    tx: Transaction,
    world: World,
    contents: Contents,
    call: NewCall,
    customer: Customer,
    account: Account | None,
    alert: Alert | None,
    now: datetime,
    *,
    media: Collection[Medium] = (),
    others: int = 0,
    by_reference: bool = False,
) -> Mapping[str, object]:
    """Return the namespaces of ivr.flows.variables that change with whom and what a call is about.

    `media` are those by which they can be sent a link. Somebody found `by_reference` can't prove by a
    reference to be them as well.
    """
    content = contents.pinned(call.content_version)
    today = now.astimezone(content.time_zone).date()
    factors = _factors(tx, content, call, Party(customer.id, account.id if account else None))
    return {
        "customer": customer_variables(customer),
        "account": None if account is None else _account_variables(tx, content, customer, account, today),
        "alert": None if alert is None else alert_variables(alert, others),
        **payment_variables(tx.customers.payment_methods(customer.id)),
        **ways_to_pay(tx, world, account),
        **_promise_variables(contents, account, alert, today),
        **contact_variables(media),
        "forward": None,
        "verification": {
            "factors": [each.value for each in factors if not (by_reference and each is Factor.REFERENCE)]
        },
    }


def _factors(tx: Transaction, content: Content, call: NewCall, party: Party) -> tuple[Factor, ...]:
    order = factor_order(content.profiles.get(content.flows[call.flow].profile or ""))
    return factors_held(known_factors(party, tx), order)


def _account_variables(
    tx: Transaction, content: Content, customer: Customer, account: Account, today: date
) -> object:
    paid = last_paid(tx, content, account)
    return account_variables(content.company, customer, account, today, paid)["account"]


def last_paid(tx: Transaction, content: Content, account: Account) -> tuple[Money, date] | None:
    """Return the last payment of an account that was booked here, and its day."""
    paid = tx.customers.last_payment(account.id)
    return None if paid is None else (paid[0], paid[1].astimezone(content.time_zone).date())


def _promise_variables(
    contents: Contents, account: Account | None, alert: Alert | None, today: date
) -> Mapping[str, object]:
    if account is None or alert is None:
        return {"promise": None}
    return promise_variables(contents.promise_terms(alert.rule), account, today)
