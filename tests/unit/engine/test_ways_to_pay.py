"""What flows know of the months that come is what the account's own customer agreed to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any, cast

import pytest

from ivr.accounts.contact_point import Medium
from ivr.engine.ports import Transaction
from ivr.engine.ways_to_pay import ways_to_pay
from ivr.payments.authorisation import AmountTerms, Authorisation
from ivr.payments.gateway import HostedPages
from ivr.payments.invitation import Invitation
from ivr.payments.monthly import Monthly
from tests.contract.samples import record
from tests.unit.engine.conftest import Engine


async def agreed(engine: Engine, terms: AmountTerms = AmountTerms.DUE) -> None:
    """Let a customer have agreed to automatic payments, and to be invited."""
    facts, now = await engine.placed(), engine.clock()
    call_id, known, on = facts.attempt.id, record(1), now.date() + timedelta(days=9)
    given = Authorisation(
        *("given", "c1", "a1", known.payment_methods[0].id, terms, 15, now, call_id, "words", None),
        next_on=on,
    )
    wish = Invitation("wish", "c1", "a1", 10, Medium.VOICE, "payments", now, call_id, "words", next_on=on)

    def work(tx: Transaction) -> None:
        tx.customers.put(known)
        tx.authorisations.give(given)
        tx.invitations.give(wish)

    await engine.store.write(work)
    engine.world = replace(engine.world, monthly=frozenset(Monthly))


async def ways(engine: Engine) -> Mapping[str, Any]:
    def read(tx: Transaction) -> Mapping[str, object]:
        return ways_to_pay(tx, engine.world, tx.customers.account("a1"))

    return cast("Mapping[str, Any]", (await engine.store.read(read))["payments"])


@pytest.mark.parametrize("terms", AmountTerms)
async def test_what_was_agreed_to_is_there_by_its_terms_and_is_not_offered_again(
    engine: Engine, terms: AmountTerms
) -> None:
    await agreed(engine, terms)
    found = await ways(engine)
    assert (found["authorised"], found["automatic"]) == (terms.value, None)
    assert (found["invited"], found["invitation"]) == (True, None)


async def test_a_page_of_the_provider_and_a_proof_are_there_where_they_are(engine: Engine) -> None:
    await agreed(engine)
    found = await ways(engine)
    assert (found["card_page"], found["page_proof"]) == (None, None)
    engine.world = replace(engine.world, hosted_pages=cast("HostedPages", object()))
    known = record(1)
    born = replace(known, customer=replace(known.customer, birth_date=date(1980, 5, 17)))
    await engine.store.write(lambda tx: tx.customers.put(born))
    found = await ways(engine)
    assert (found["card_page"], found["page_proof"]) == (True, True)


async def test_what_another_customer_agreed_to_before_the_account_changed_hands_is_nothing(
    engine: Engine,
) -> None:
    await agreed(engine)
    other, theirs = record(2), replace(record(1).accounts[0], customer_id="c2")
    sold = replace(other, accounts=[*other.accounts, theirs])
    await engine.store.write(lambda tx: tx.customers.put(sold))
    found = await ways(engine)
    assert (found["authorised"], found["automatic"]) == (None, True)
    assert (found["invited"], found["invitation"]) == (None, True)
