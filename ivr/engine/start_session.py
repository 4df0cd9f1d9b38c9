"""Build the flow session of one attempt: its flow, and what the flow may say about the customer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from ivr.accounts.account import Account
from ivr.accounts.customer import Customer
from ivr.accounts.payment_method import PaymentMethod
from ivr.attempts.eligibility.facts import EligibilityFacts
from ivr.engine.content import Company, Content
from ivr.engine.ports import Transaction
from ivr.engine.world import World
from ivr.flows.session import Session


async def read_facts(world: World, attempt_id: str) -> EligibilityFacts:
    """Return the facts of one attempt as they are now."""
    now = world.clock()

    def work(tx: Transaction) -> EligibilityFacts:
        (facts,) = tx.attempts.eligibility([attempt_id], now)
        return facts

    return await world.store.read(work)


async def start_session(world: World, content: Content, facts: EligibilityFacts) -> Session:
    """Return the session that will lead the call; current facts, not those of when the alert was made."""
    methods = await world.store.read(lambda tx: tx.customers.payment_methods(facts.customer.id))
    step = content.book.rules[facts.alert.rule].plan[facts.attempt.step]
    return Session(
        content.flows[step.flow],
        content.catalogue,
        flow_variables(content.company, facts, methods, world.clock().astimezone(content.time_zone).date()),
        facts.customer.language,
    )


def flow_variables(
    company: Company, facts: EligibilityFacts, methods: Sequence[PaymentMethod], today: date
) -> Mapping[str, object]:
    """Return what prompts and branches can speak of; docs/flows.md lists the same names."""
    return {
        **account_variables(company, facts.customer, facts.account, today),
        "alert": {"topic": facts.alert.topic},
        **payment_variables(methods),
    }


def payment_variables(methods: Sequence[PaymentMethod]) -> Mapping[str, object]:
    """Return what prompts can speak of a customer's first means of payment."""
    method = methods[0] if methods else None
    return {"payment_method": method and {"id": method.id, "kind": method.kind, "ending": method.ending}}


def account_variables(
    company: Company, customer: Customer, account: Account, today: date
) -> Mapping[str, object]:
    """Return what prompts can speak of an account and its customer."""
    return {
        "today": today,
        "company": {"name": company.name, "phone": company.phone},
        "customer": {
            "name": customer.name,
            "first_name": customer.name.split()[0],
            "language": customer.language,
        },
        "account": {
            "id": account.id,
            "kind": account.kind,
            "status": account.status,
            "balance": account.balance,
            "amount_due": account.amount_due,
            "due_on": account.due_on,
        },
    }
