"""Everything about one customer that `ivr why` tells, read at one moment; and whom a word names."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime

import sqlalchemy as sa

from ivr.alerts.reference import is_reference
from ivr.attempts.attempt import TERMINAL
from ivr.attempts.eligibility.decision import Decision
from ivr.engine.explain_customer import Named
from ivr.messages.link import Link
from ivr.phone_number import parse_phone_number
from ivr.store.eligibility_facts import CALLS_LOOKED_BACK
from ivr.store.reports import standing_holds
from ivr.store.rows import AnyRow, alert_of, attempt_of, link_of, suppression_of
from ivr.store.sql_store import SqlStore
from ivr.store.tables.alerts import alerts, decisions
from ivr.store.tables.attempts import attempts
from ivr.store.tables.calls import calls
from ivr.store.tables.coordination import rule_runs
from ivr.store.tables.customers import accounts, contact_points, customers, suppressions
from ivr.store.tables.messages import links
from ivr.store.transaction import SqlTransaction
from ivr.why.facts import AlertPast, AttemptPast, DecisionSeen, WhyFacts


class SqlWhyFacts:
    """The CustomersExplained of the store."""

    def __init__(self, store: SqlStore) -> None:
        self._store = store

    async def named(self, word: str, region: str | None) -> Sequence[Named]:
        return await self._store.read(lambda tx: customers_named(tx, word, region))

    async def facts(self, customer_id: str, now: datetime) -> WhyFacts | None:
        return await self._store.read(lambda tx: why_facts(tx, customer_id, now))


def customers_named(tx: SqlTransaction, word: str, region: str | None) -> Sequence[Named]:
    """Return whom `word` names: a customer's id goes before a reference, and that before a number.

    Numbers count that were found to be somebody else's, too; `region` is for those without a country code.
    """
    if (customer := tx.customers.customer(word)) is not None:
        return [Named(customer.id, customer.name)]
    digits = word.replace(" ", "").replace("-", "")
    if is_reference(digits) and (alert := tx.alerts.by_reference(digits)) is not None:
        whose = customers.c.id == alert.customer_id
    else:
        try:
            number = parse_phone_number(word, region)
        except ValueError:
            return []
        own = (contact_points.c.address == number, contact_points.c.listed)
        whose = customers.c.id.in_(sa.select(contact_points.c.customer_id).where(*own))
    query = sa.select(customers.c.id, customers.c.name).where(whose).order_by(customers.c.id)
    return [Named(row.id, row.name) for row in tx.connection.execute(query)]


def why_facts(tx: SqlTransaction, customer_id: str, now: datetime) -> WhyFacts | None:
    """Return everything about one customer; None when there is none of that id."""
    customer = tx.customers.customer(customer_id)
    if customer is None:
        return None
    points = tx.customers.contact_points(customer_id)
    said_no = sa.select(suppressions).where(
        (suppressions.c.customer_id == customer_id)
        | suppressions.c.address.in_([point.address for point in points])
    )
    return WhyFacts(
        customer=customer,
        accounts=tx.customers.accounts_of(customer_id),
        contact_points=points,
        suppressions=[suppression_of(row) for row in tx.connection.execute(said_no.order_by("since", "key"))],
        holds=standing_holds(tx, now, customer_id),
        choices=tx.alert_choices.of([customer_id]).get(customer_id, {}),
        alerts=_alerts(tx, customer_id, now),
        alerts_of_others=_alerts_of_others(tx, customer_id),
        links=_open_links(tx, customer_id, now),
        recent_call_times=_recent_call_times(tx, customer_id, now),
        last_looks=_last_looks(tx),
        is_live=tx.controls.is_live(),
        is_stopped=tx.controls.is_stopped(),
    )


def _alerts(tx: SqlTransaction, customer_id: str, now: datetime) -> list[AlertPast]:
    tried = _attempts(tx, customer_id, now)
    rows = _oldest_first(tx, alerts.c.customer_id == customer_id)
    return [AlertPast(alert_of(row), row.ended_at, row.end_reason, tried.get(row.id, ())) for row in rows]


def _alerts_of_others(tx: SqlTransaction, customer_id: str) -> list[AlertPast]:
    own = sa.select(accounts.c.id).where(accounts.c.customer_id == customer_id)
    rows = _oldest_first(tx, alerts.c.account_id.in_(own), alerts.c.customer_id != customer_id)
    return [AlertPast(alert_of(row), row.ended_at, row.end_reason, ()) for row in rows]


def _oldest_first(tx: SqlTransaction, *which: sa.ColumnElement[bool]) -> Sequence[AnyRow]:
    query = sa.select(alerts).where(*which).order_by(alerts.c.created_at, alerts.c.id)
    return tx.connection.execute(query).all()


def _attempts(tx: SqlTransaction, customer_id: str, now: datetime) -> Mapping[str, Sequence[AttemptPast]]:
    """Return the attempts by alert, each alert's by cycle and number."""
    joined = sa.select(attempts, contact_points.c.third_party).join(
        contact_points, contact_points.c.id == attempts.c.contact_point_id
    )
    theirs = joined.where(attempts.c.customer_id == customer_id)
    rows = tx.connection.execute(theirs.order_by(attempts.c.cycle, attempts.c.attempt_no)).all()
    seen, found = _decisions(tx, customer_id), defaultdict(list)
    unfinished = [row.id for row in rows if row.state not in TERMINAL]
    facts = {each.attempt.id: each for each in tx.attempts.eligibility(unfinished, now)}
    for row in rows:
        past = AttemptPast(
            attempt=attempt_of(row),
            is_third_party=row.third_party,
            released_because=row.released_because,
            decisions=seen.get(row.id, ()),
            now=facts.get(row.id),
        )
        found[row.alert_id].append(past)
    return found


def _decisions(tx: SqlTransaction, customer_id: str) -> Mapping[str, Sequence[DecisionSeen]]:
    """Return the decisions by attempt, in the order in which they were first made."""
    about = sa.select(decisions).join(attempts, attempts.c.id == decisions.c.attempt_id)
    theirs = about.where(attempts.c.customer_id == customer_id).order_by(decisions.c.id)
    found = defaultdict(list)
    for row in tx.connection.execute(theirs):
        decision = Decision(row.stage, row.verdict, row.reason, row.detail, row.until)
        seen = DecisionSeen(decision, row.first_seen_at, row.last_seen_at, row.times_seen)
        found[row.attempt_id].append(seen)
    return found


def _open_links(tx: SqlTransaction, customer_id: str, now: datetime) -> list[Link]:
    lead = (links.c.customer_id == customer_id, links.c.token_hash.is_not(None), links.c.expires_at > now)
    rows = tx.connection.execute(sa.select(links).where(*lead).order_by(links.c.created_at, links.c.id))
    return [link_of(row) for row in rows]


def _recent_call_times(tx: SqlTransaction, customer_id: str, now: datetime) -> list[datetime]:
    made = (
        sa.select(calls.c.started_at)
        .join(attempts, attempts.c.id == calls.c.attempt_id)
        .join(contact_points, contact_points.c.id == attempts.c.contact_point_id)
        .where(attempts.c.customer_id == customer_id, ~contact_points.c.third_party)
        .where(calls.c.direction == "outbound", calls.c.started_at >= now - CALLS_LOOKED_BACK)
    )
    return list(tx.connection.execute(made.order_by(calls.c.started_at)).scalars())


def _last_looks(tx: SqlTransaction) -> dict[str, datetime]:
    last = sa.func.max(rule_runs.c.began_at, type_=rule_runs.c.began_at.type)
    rows = tx.connection.execute(sa.select(rule_runs.c.rule, last.label("at")).group_by(rule_runs.c.rule))
    return {row.rule: row.at for row in rows}
