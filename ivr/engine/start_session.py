"""Build the flow session of one attempt: its flow, and what the flow may say about the customer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from ivr.accounts.known_factors import KnownFactors
from ivr.accounts.payment_method import PaymentMethod
from ivr.alerts.alert import Alert
from ivr.alerts.forwarding import plan_of, what_came_of_it
from ivr.attempts.eligibility.facts import EligibilityFacts
from ivr.engine.caller import Caller
from ivr.engine.contact_media import contact_media
from ivr.engine.content import Content, Contents
from ivr.engine.forward_ways import forward_way
from ivr.engine.ports import Transaction
from ivr.engine.session_variables import (
    bulletin_variables,
    caller_variables,
    contact_variables,
    flow_variables,
    forward_variables,
    third_party_variables,
)
from ivr.engine.ways_to_pay import ways_to_pay
from ivr.engine.world import World
from ivr.errors import StoreError
from ivr.flows.compliance import factor_order, voicemail_prompt
from ivr.flows.factor_digits import factors_held
from ivr.flows.session import Session
from ivr.rules.promise_terms import PromiseTerms
from ivr.tempo import Tempo


async def read_facts(world: World, attempt_id: str) -> EligibilityFacts:
    """Return the facts of one attempt as they are now."""
    now = world.clock()

    def work(tx: Transaction) -> EligibilityFacts:
        (facts,) = tx.attempts.eligibility([attempt_id], now)
        return facts

    return await world.store.read(work)


@dataclass(frozen=True, slots=True)
class NewSession:
    """A session for a call that is not placed yet."""

    session: Session
    content_version: int | None
    """The published version that its flow and prompts are of: the call pins it."""
    ring_timeout: float
    """Seconds, by the alert's rule."""


async def start_session(world: World, contents: Contents, facts: EligibilityFacts) -> NewSession:
    """Return the session that will lead a new call: the alert's own rule, the live flow and prompts.

    Prompts speak of current facts, not of those of when the alert was made.
    """
    rule = contents.pinned(facts.alert.content_version).book.rules[facts.alert.rule]
    flow = plan_of(facts.alert, rule)[facts.attempt.step].flow
    content = contents.live if flow in contents.live.flows else contents.pinned(facts.alert.content_version)
    terms = contents.promise_terms(rule.name)
    session = await _session(world, content, flow, facts, terms)
    return NewSession(session, content.version, rule.ring_timeout.total_seconds())


async def resume_session(world: World, contents: Contents, facts: EligibilityFacts) -> Session:
    """Return the session of a call that was placed before, with the flow and prompts that it began with."""
    call = await world.store.read(lambda tx: tx.calls.get(facts.attempt.id))
    if call is None:
        raise StoreError(f"attempt {facts.attempt.id} was placed without a row of its call")
    content = contents.pinned(call.content_version)
    return await _session(world, content, call.flow, facts, contents.promise_terms(facts.alert.rule))


async def _session(
    world: World, content: Content, flow: str, facts: EligibilityFacts, terms: PromiseTerms
) -> Session:
    now = world.clock()
    today = now.astimezone(content.time_zone).date()
    company = content.company_for(facts.alert.rule)
    if facts.alert.forwarded is not None:
        given = third_party_variables(company, facts, facts.alert.forwarded, today)
    else:
        given = await _customer_session_variables(world, content, flow, facts, terms, today)
    variables = {**given, **bulletin_variables(content.on_air(now))}
    found = content.flows[flow]
    voicemail = voicemail_prompt(content.profiles.get(found.profile or ""), found.segments)
    customer = facts.customer
    tempo = customer.preferred_tempo if facts.alert.forwarded is None else Tempo.USUAL
    return Session(
        found, content.catalogue_at(now), variables, customer.language, content.flows, voicemail, tempo
    )


async def _customer_session_variables(
    world: World, content: Content, flow: str, facts: EligibilityFacts, terms: PromiseTerms, today: date
) -> Mapping[str, object]:
    customer, account = facts.customer, facts.account
    company = content.company_for(facts.alert.rule)

    def read(
        tx: Transaction,
    ) -> tuple[Sequence[PaymentMethod], str | None, Mapping[str, object], Mapping[str, object] | None]:
        reached = contact_variables(contact_media(tx, world.messaging, customer.id))
        ways = {**reached, **ways_to_pay(tx, world, account)}
        forward = _forward(tx, world, content, facts.alert)
        return tx.customers.payment_methods(customer.id), tx.factors.pin_hash(customer.id), ways, forward

    methods, pin_hash, ways, forward = await world.store.read(read)
    known = KnownFactors(customer.birth_date, customer.postcode, account.ending, pin_hash)
    order = factor_order(content.profiles.get(content.flows[flow].profile or ""))
    factors = factors_held(known, order)
    given = {**flow_variables(company, facts, methods, factors, terms, today), **ways}
    return {**given, "forward": forward}


def _forward(tx: Transaction, world: World, content: Content, alert: Alert) -> Mapping[str, object] | None:
    """Return what came of what the customer passed on, where they are told, or how this can be passed on."""
    if alert.tells_of is not None:
        came_of_it = what_came_of_it(tx.outcomes.dispositions(alert.tells_of))
        return forward_variables(outcome=came_of_it)
    rule = content.book.rules.get(alert.rule)
    if rule is None or rule.forward is None:
        return None
    way = forward_way(tx, content, world.messaging, rule, alert.customer_id)
    return forward_variables(way=None if way is None else way.value)


def received_session(
    content: Content, flow: str, caller: Caller, now: datetime, language: str | None = None
) -> Session:
    """Return the session of a call that came in; without a `language`, in that of whom it may be from."""
    variables = {
        **caller_variables(content.company, caller, now.astimezone(content.time_zone).date()),
        **bulletin_variables(content.on_air(now)),
    }
    spoken = language or (caller.customer.language if caller.customer else "")
    tempo = caller.customer.preferred_tempo if caller.customer else Tempo.USUAL
    return Session(
        content.flows[flow], content.catalogue_at(now), variables, spoken, content.flows, tempo=tempo
    )
