"""Read models of the ledger: `await store.read(customer_lines)`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, TypeVar

import sqlalchemy as sa

from ivr.accounts.contact_point import Medium
from ivr.accounts.hold import Hold
from ivr.calls.recording import Recording
from ivr.engine.read_models import (
    AccountDue,
    AlertLine,
    AnswerScoreLine,
    AttemptLine,
    CustomerLine,
    LedgerCounts,
    SurveyQuestion,
)
from ivr.outcomes.disposition import Disposition
from ivr.outcomes.response import Response
from ivr.payments.authorisation import Authorisation
from ivr.payments.invitation import Invitation
from ivr.store.recordings import recording_of
from ivr.store.rows import AnyRow, account_of, hold_of
from ivr.store.surveys import survey_results
from ivr.store.tables.alerts import alerts
from ivr.store.tables.attempts import attempts
from ivr.store.tables.calls import answer_scores, calls
from ivr.store.tables.customers import accounts, contact_points, customers, suppressions
from ivr.store.tables.holds import holds
from ivr.store.tables.outcomes import outcomes
from ivr.store.tables.recordings import recordings
from ivr.store.transaction import SqlTransaction

K = TypeVar("K")
_ALL = 1_000_000


def customer_lines(tx: SqlTransaction) -> Sequence[CustomerLine]:
    """Return a line per customer, by id, without what others did to whom they passed an alert on."""
    own = sa.select(attempts.c.id).join(contact_points).where(~contact_points.c.third_party)
    all_tried = sa.select(attempts).where(attempts.c.id.in_(own))
    tried = _by_customer(tx, all_tried.order_by(attempts.c.due_at, attempts.c.attempt_no))
    # What a customer said in a call that came in belongs to no attempt.
    called_in = outcomes.c.attempt_id.is_(None) & outcomes.c.alert_id.in_(_own_alerts())
    all_ended = sa.select(outcomes).where(outcomes.c.attempt_id.in_(own) | called_in)
    ended = _by_customer(tx, all_ended.order_by(outcomes.c.at, outcomes.c.id))
    held = _by_customer(tx, sa.select(accounts).order_by(accounts.c.id))
    reached = _by_customer(tx, _voice_numbers())
    called = _by_customer(tx, _call_results().where(attempts.c.id.in_(own)))
    said_no = tx.connection.execute(sa.select(suppressions.c.customer_id, suppressions.c.address)).all()
    silent = {each for row in said_no for each in row if each is not None}
    return [
        CustomerLine(
            customer_id=customer.id,
            name=customer.name,
            number=next((row.address for row in reached[customer.id]), None),
            attempts_made=sum(row.placing_at is not None for row in tried[customer.id]),
            states=tuple(row.state for row in tried[customer.id]),
            last_call_result=next((row.call_result.value for row in called[customer.id][-1:]), None),
            dispositions=tuple(row.disposition for row in ended[customer.id]),
            responses=tuple(_responses(ended[customer.id])),
            accounts=tuple(_due(row) for row in held[customer.id]),
            is_suppressed=not silent.isdisjoint(
                {customer.id, *(row.address for row in reached[customer.id])}
            ),
        )
        for customer in tx.connection.execute(sa.select(customers).order_by(customers.c.id))
    ]


def attempt_lines(tx: SqlTransaction) -> Sequence[AttemptLine]:
    """Return a line per attempt, by alert and number."""
    ended = {row.attempt_id: row for row in tx.connection.execute(sa.select(outcomes))}
    order = (attempts.c.customer_id, attempts.c.alert_id, attempts.c.cycle, attempts.c.attempt_no)
    return [
        AttemptLine(
            attempt_id=row.id,
            alert_id=row.alert_id,
            customer_id=row.customer_id,
            attempt_no=row.attempt_no,
            address=row.address,
            state=row.state,
            was_dialled=row.placing_at is not None,
            result=row.result,
            disposition=None if row.disposition is None else Disposition(row.disposition),
            responses=tuple(_responses([ended[row.id]] if row.id in ended else [])),
        )
        for row in tx.connection.execute(sa.select(attempts).order_by(*order))
    ]


def alert_lines(tx: SqlTransaction) -> Sequence[AlertLine]:
    """Return a line per alert, by customer."""
    rows = tx.connection.execute(sa.select(alerts).order_by(alerts.c.customer_id, alerts.c.id))
    return [AlertLine(row.id, row.customer_id, row.account_id, row.state, row.end_reason) for row in rows]


def standing_holds(tx: SqlTransaction, now: datetime, customer_id: str | None = None) -> Sequence[Hold]:
    """Return the holds that last (of one customer, or of all), oldest first."""
    lasting = (holds.c.ended_at.is_(None), holds.c.until.is_(None) | (holds.c.until > now))
    query = sa.select(holds).where(*lasting).order_by(holds.c.since, holds.c.id)
    if customer_id is not None:
        query = query.where(holds.c.customer_id == customer_id)
    return [hold_of(row) for row in tx.connection.execute(query)]


def known_recordings(
    tx: SqlTransaction, call_id: str | None = None, *, with_deleted: bool = False
) -> Sequence[Recording]:
    """Return the recordings (of one call, or of all), oldest first."""
    query = sa.select(recordings).order_by(recordings.c.begun_at, recordings.c.id)
    if call_id is not None:
        query = query.where(recordings.c.call_id == call_id)
    if not with_deleted:
        query = query.where(recordings.c.deleted_at.is_(None))
    return [recording_of(row) for row in tx.connection.execute(query)]


def lasting_authorisations(tx: SqlTransaction) -> Sequence[Authorisation]:
    """Return the authorisations of automatic payments that last, by their next day."""
    return tx.authorisations.due(date.max, _ALL)


def lasting_invitations(tx: SqlTransaction) -> Sequence[Invitation]:
    """Return the monthly invitations to pay that last, by their next day."""
    return tx.invitations.due(date.max, _ALL)


def survey_questions(tx: SqlTransaction) -> Sequence[SurveyQuestion]:
    """Return what the answers to every survey's questions come to, by survey and question."""
    return survey_results(tx.connection)


def ledger_counts(tx: SqlTransaction) -> LedgerCounts:
    """Return how many attempts are in each state, and how many outcomes have each disposition."""
    return LedgerCounts(
        by_state=_counts(tx, attempts.c.state), by_disposition=_counts(tx, outcomes.c.disposition)
    )


def answer_score_lines(tx: SqlTransaction) -> Sequence[AnswerScoreLine]:
    """Return how often a verdict on who answered came to what, by trunk."""
    table = answer_scores
    query = sa.select(table).order_by(table.c.trunk, table.c.verdict, table.c.aftermath)
    rows = tx.connection.execute(query)
    return [AnswerScoreLine(row.trunk, row.verdict, row.aftermath, row.calls) for row in rows]


def _by_customer(tx: SqlTransaction, query: sa.Select[Any]) -> dict[str, list[AnyRow]]:
    """Return the rows of a query that has a customer_id, grouped by it, each group in the query's order."""
    grouped: dict[str, list[AnyRow]] = defaultdict(list)
    for row in tx.connection.execute(query):
        grouped[row.customer_id].append(row)
    return grouped


def _own_alerts() -> sa.Select[tuple[str]]:
    """Select the alerts that nobody passed on: of those that were, others speak."""
    return sa.select(alerts.c.id).where(alerts.c.forwarded_from.is_(None))


def _voice_numbers() -> sa.Select[Any]:
    listed = (contact_points.c.listed, contact_points.c.medium == Medium.VOICE)
    return sa.select(contact_points).where(*listed).order_by(contact_points.c.rank, contact_points.c.id)


def _call_results() -> sa.Select[Any]:
    columns = (calls.c.call_result, attempts.c.customer_id)
    ended = sa.select(*columns).join(attempts, attempts.c.id == calls.c.attempt_id)
    return ended.where(calls.c.call_result.is_not(None)).order_by(calls.c.ended_at, calls.c.id)


def _responses(ended: Sequence[AnyRow]) -> list[Response]:
    return [Response(response) for row in ended for response, _detail in row.responses]


def _due(row: AnyRow) -> AccountDue:
    return AccountDue(row.id, account_of(row).amount_due)


def _counts(tx: SqlTransaction, column: sa.ColumnElement[K]) -> dict[K, int]:
    rows = tx.connection.execute(sa.select(column, sa.func.count()).group_by(column).order_by(column))
    return {row[0]: row[1] for row in rows}
