"""What prompts and branches of a call can speak of; docs/flows.md lists the same names."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date, timedelta
from types import MappingProxyType

from ivr.accounts.account import Account
from ivr.accounts.contact_point import Medium
from ivr.accounts.customer import Customer
from ivr.accounts.payment_method import PaymentMethod
from ivr.alerts.alert import Alert, Forwarded
from ivr.attempts.eligibility.facts import EligibilityFacts
from ivr.engine.caller import Caller
from ivr.engine.content import Company
from ivr.flows.factor import Factor
from ivr.flows.manners import Direction
from ivr.money import Money
from ivr.rules.promise_terms import PromiseTerms

NO_WAYS_TO_PAY: Mapping[str, object] = MappingProxyType(
    {
        "card_keying": False,
        "vault": None,
        "card_page": None,
        "page_proof": None,
        "automatic": None,
        "invitation": None,
        "invited": None,
        "authorised": None,
    }
)
"""Of somebody who can't pay here but by a saved card or a link."""

NOTHING_OF_THE_ACCOUNT: Mapping[str, object] = MappingProxyType(
    {
        "account": None,
        "payment_method": None,
        "payments": NO_WAYS_TO_PAY,
        "promise": None,
        "contact": {"sms": None, "email": None},
        "verification": {"factors": []},
    }
)
"""What a flow knows of an account that nobody may hear of."""


def flow_variables(
    company: Company,
    facts: EligibilityFacts,
    methods: Sequence[PaymentMethod],
    factors: Sequence[Factor],
    terms: PromiseTerms,
    today: date,
) -> Mapping[str, object]:
    """Return what prompts and branches can speak of; docs/flows.md lists the same names."""
    return {
        **account_variables(company, facts.customer, facts.account, today),
        "alert": alert_variables(facts.alert),
        **payment_variables(methods),
        "payments": dict(NO_WAYS_TO_PAY),
        **promise_variables(terms, facts.account, today),
        "verification": {"factors": [factor.value for factor in factors]},
        **contact_variables(frozenset()),
        "call": {
            "direction": Direction.OUTBOUND.value,
            "number": facts.attempt.address,
            "returned": False,
            "overloaded": False,
        },
        "forward": None,
        "choice": None,
        **bulletin_variables(frozenset()),
    }


def third_party_variables(
    company: Company, facts: EligibilityFacts, to: Forwarded, today: date
) -> Mapping[str, object]:
    """Return the same names where a third party is called: nothing of the account is among them.

    `customer` is who passed the alert on.
    """
    return {
        **company_variables(company, today),
        "customer": {**customer_variables(facts.customer), "id": None, "segment": None},
        "alert": alert_variables(facts.alert),
        **NOTHING_OF_THE_ACCOUNT,
        "call": {
            "direction": Direction.OUTBOUND.value,
            "number": facts.attempt.address,
            "returned": False,
            "overloaded": False,
        },
        "forward": forward_variables(comment=to.comment),
        "choice": None,
    }


def caller_variables(company: Company, caller: Caller, today: date) -> Mapping[str, object]:
    """Return the same names for a call that came in; what a number can't tell is None."""
    return {
        **company_variables(company, today),
        "customer": None if caller.customer is None else customer_variables(caller.customer),
        "alert": None,
        **NOTHING_OF_THE_ACCOUNT,
        "verification": {"factors": [factor.value for factor in caller.factors]},
        "forward": None,
        "choice": None,
        "call": {
            "direction": Direction.INBOUND.value,
            "number": caller.number,
            "returned": caller.was_called,
            "overloaded": caller.is_one_too_many,
        },
    }


def forward_variables(
    *, comment: str | None = None, outcome: str | None = None, way: str | None = None
) -> Mapping[str, object]:
    """Return what a flow knows of an alert that is passed on, or can be."""
    return {"comment": comment, "outcome": outcome, "way": way}


def bulletin_variables(languages: frozenset[str]) -> Mapping[str, object]:
    """Return what a flow knows of a bulletin: None while none is on the air."""
    return {"bulletin": {"languages": sorted(languages)} if languages else None}


def contact_variables(media: Collection[Medium]) -> Mapping[str, object]:
    """Return by which media a link can be sent to the customer; None for one that it can't."""
    return {"contact": {medium.value: medium in media or None for medium in (Medium.SMS, Medium.EMAIL)}}


def payment_variables(methods: Sequence[PaymentMethod]) -> Mapping[str, object]:
    """Return what prompts can speak of a customer's first means of payment."""
    method = methods[0] if methods else None
    return {"payment_method": method and {"id": method.id, "kind": method.kind, "ending": method.ending}}


def promise_variables(terms: PromiseTerms, account: Account, today: date) -> Mapping[str, object]:
    """Return what may be promised for an account, for prompts and for the nodes that take a promise."""
    limits = terms.limits(account.amount_due)
    return {
        "promise": {
            "most_days": limits.most_days,
            "latest_on": today + timedelta(days=limits.most_days),
            "least_amount": limits.least if terms.asks_for_a_least else None,
            "most_parts": limits.most_parts,
        }
    }


def account_variables(
    company: Company,
    customer: Customer,
    account: Account,
    today: date,
    last_paid: tuple[Money, date] | None = None,
) -> Mapping[str, object]:
    """Return what prompts can speak of an account and its customer, who paid last so much on that day."""
    return {
        **company_variables(company, today),
        "customer": customer_variables(customer),
        "account": {
            "id": account.id,
            "kind": account.kind,
            "status": account.status,
            "balance": account.balance,
            "amount_due": account.amount_due,
            "minimum_due": account.minimum_to_offer,
            "due_on": account.due_on,
            "last_paid": last_paid[0] if last_paid else None,
            "last_paid_on": last_paid[1] if last_paid else None,
        },
    }


def alert_variables(alert: Alert, others: int = 0) -> Mapping[str, object]:
    """Return what prompts can speak of an alert, of which the customer has so many others."""
    return {"id": alert.id, "topic": alert.topic, "reference": alert.reference, "others": others}


def company_variables(company: Company, today: date) -> Mapping[str, object]:
    """Return what every call can speak of."""
    told = {"name": company.name, "phone": company.phone, "region": company.region}
    return {"today": today, "company": told}


def customer_variables(customer: Customer) -> Mapping[str, object]:
    """Return what prompts can speak of a customer."""
    return {
        "id": customer.id,
        "name": customer.name,
        "first_name": customer.name.split()[0],
        "language": customer.language,
        "segment": customer.segment,
    }
