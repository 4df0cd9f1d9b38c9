"""Tell why a customer is called, or is not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol

from ivr.attempts.eligibility.ask import Policies
from ivr.why.explain import explain_customer as explained
from ivr.why.explanation import Why
from ivr.why.facts import WhyFacts


@dataclass(frozen=True, slots=True)
class Named:
    """A customer whom a word names."""

    customer_id: str
    name: str


class CustomersExplained(Protocol):
    """Reads what an explanation is made of, each at one moment of the database."""

    async def named(self, word: str, region: str | None) -> Sequence[Named]:
        """Return whom an id, a telephone number or an alert's reference names, by id.

        `region` (ISO 3166) is for numbers without a country code.
        """
        ...

    async def facts(self, customer_id: str, now: datetime) -> WhyFacts | None:
        """Return everything about one customer; None when there is none of that id."""
        ...


async def explain_customer(
    customers: CustomersExplained, policies: Policies, customer_id: str, now: datetime
) -> Why | None:
    """Return why a customer is called or not, by what is live; None when there is no such customer.

    Nothing is written. Whether the installation is live is read with the rest, whatever `policies` say of it.
    """
    known = await customers.facts(customer_id, now)
    if known is None:
        return None
    permission = replace(policies.permission, is_live=known.is_live)
    return explained(known, replace(policies, permission=permission), now)
