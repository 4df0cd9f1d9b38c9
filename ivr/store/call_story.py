"""The story of one call: the read model of whoever takes it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa

from ivr.alerts.alert import Alert
from ivr.engine.call_story import (
    AccountInStory,
    AlertInStory,
    CallStory,
    ContactLine,
    DispositionLine,
    HeardLine,
    HistoryLine,
    HoldLine,
    Meant,
    PromiseLine,
    Verification,
    WhoCalls,
    words_of,
)
from ivr.engine.line_of_call import at_first, state_of_talk
from ivr.engine.ports import NewCall
from ivr.flows.on_the_line import OnTheLine
from ivr.store.reports import standing_holds
from ivr.store.rows import account_of
from ivr.store.sql_store import SqlStore
from ivr.store.standing import promises_of
from ivr.store.tables.calls import call_steps, calls
from ivr.store.tables.customers import accounts, contact_points, customer_history, suppressions
from ivr.store.tables.promises import promises
from ivr.store.transaction import SqlTransaction

HISTORY = 20
"""Lines of a customer's history that are told."""
PROMISES = 10


class SqlCallStories:
    """The CallStories of the store."""

    def __init__(self, store: SqlStore) -> None:
        self._store = store

    async def story(self, story_id: str, now: datetime) -> CallStory | None:
        """Read it at one moment of the database."""
        return await self._store.read(lambda tx: call_story(tx, story_id, now))


def call_story(tx: SqlTransaction, story_id: str, now: datetime) -> CallStory | None:
    """Return the story of a call; None when there is none of that id."""
    call = tx.calls.asked_for(story_id)
    if call is None:
        return None
    row = tx.connection.execute(sa.select(calls).where(calls.c.id == call.id)).one()
    state = state_of_talk(tx, call)
    line = at_first(tx, call) if state is None else state.line
    party = line.acts_for
    customer_id = None if party is None else party.customer_id
    alert = tx.alerts.get(party.alert_id) if party and party.alert_id else None
    who = _who(tx, customer_id, known_by=_known_by(call, line))
    # The number's word counts for callers whom nobody knows, too.
    silent = _suppressed(tx, customer_id, call.number)
    return CallStory(
        call_id=story_id,
        direction=call.direction,
        number=call.number,
        flow=call.flow,
        started_at=call.started_at,
        answered_at=row.answered_at,
        ended_at=row.ended_at,
        language=None if state is None else state.language,
        verification=Verification(line.tier.name.lower(), line.proven),
        customer=who,
        alert=None if alert is None else _alert_in_story(alert),
        accounts=tuple(_accounts(tx, customer_id)),
        heard=tuple(_heard(tx, call)),
        meant=tuple(Meant(response, details) for response, details in state.responses) if state else (),
        promises=tuple(_promises(tx, customer_id)),
        holds=tuple(_holds(tx, customer_id, now)),
        contact_points=tuple(_contact_points(tx, customer_id, silent)),
        is_suppressed=bool(silent & {customer_id, call.number}),
        history=tuple(_history(tx, customer_id)),
        taken_by=call.taken_by,
        dispositions=tuple(
            DispositionLine(told.at, told.agent, told.disposition, told.note)
            for told in tx.agent_dispositions.of_call(call.id)
        ),
        is_third_party=_is_third_party(tx, call.attempt_id),
    )


def _known_by(call: NewCall, line: OnTheLine) -> str:
    if call.attempt_id is not None and line.acts_for == line.at_first:
        return "alert"
    return "proof" if line.is_proved else "number"


def _is_third_party(tx: SqlTransaction, attempt_id: str | None) -> bool:
    """Say whether it is with somebody to whom a customer passed an alert on: nothing of theirs is told."""
    if attempt_id is None:
        return False
    return tx.alerts.get(tx.attempts.get(attempt_id).alert_id).forwarded is not None


def _alert_in_story(alert: Alert) -> AlertInStory:
    why = str(alert.facts.get("reason", ""))
    return AlertInStory(
        alert.id, alert.rule, alert.topic, alert.account_id, why, alert.created_at, alert.state
    )


def _who(tx: SqlTransaction, customer_id: str | None, *, known_by: str) -> WhoCalls | None:
    customer = None if customer_id is None else tx.customers.customer(customer_id)
    if customer is None:
        return None
    hours = customer.preferred_hours
    return WhoCalls(
        customer_id=customer.id,
        name=customer.name,
        language=customer.language,
        time_zone=customer.time_zone,
        segment=customer.segment,
        preferred_medium=customer.preferred_medium,
        preferred_hours=None if hours is None else str(hours),
        known_by=known_by,
    )


def _accounts(tx: SqlTransaction, customer_id: str | None) -> list[AccountInStory]:
    mine = sa.select(accounts).where(accounts.c.customer_id == customer_id).order_by(accounts.c.id)
    found = [account_of(row) for row in tx.connection.execute(mine)]
    return [
        AccountInStory(
            each.id,
            each.kind,
            each.ending,
            each.status,
            each.balance,
            each.amount_due,
            each.minimum_due,
            each.due_on,
        )
        for each in found
    ]


def _heard(tx: SqlTransaction, call: NewCall) -> list[HeardLine]:
    said = sa.select(call_steps).where(call_steps.c.call_id == call.id, call_steps.c.kind == "said")
    rows = tx.connection.execute(said.order_by(call_steps.c.seq))
    return [HeardLine(row.at, str(row.detail.get("text", ""))) for row in rows]


def _promises(tx: SqlTransaction, customer_id: str | None) -> list[PromiseLine]:
    mine = sa.select(promises).where(promises.c.customer_id == customer_id)
    rows = tx.connection.execute(mine.order_by(promises.c.made_at.desc()).limit(PROMISES)).all()
    made = promises_of(tx.connection, rows)
    return [PromiseLine(each.account_id, each.amount, each.due_on, each.made_at, each.state) for each in made]


def _holds(tx: SqlTransaction, customer_id: str | None, now: datetime) -> list[HoldLine]:
    if customer_id is None:
        return []
    lasting = standing_holds(tx, now, customer_id)
    return [HoldLine(h.kind, h.account_id, h.topic, h.since, h.until, h.source) for h in lasting]


def _suppressed(tx: SqlTransaction, customer_id: str | None, number: str) -> set[Any]:
    """Return the customer, and those of the addresses, that are not to be contacted."""
    addresses = sa.select(contact_points.c.address).where(contact_points.c.customer_id == customer_id)
    about = sa.or_(
        suppressions.c.customer_id == customer_id,
        suppressions.c.address.in_(addresses),
        suppressions.c.address == number,
    )
    rows = tx.connection.execute(sa.select(suppressions).where(about))
    return {each for row in rows for each in (row.customer_id, row.address) if each}


def _contact_points(tx: SqlTransaction, customer_id: str | None, silent: set[Any]) -> list[ContactLine]:
    points = () if customer_id is None else tx.customers.contact_points(customer_id)
    is_silent = customer_id in silent
    return [
        ContactLine(point.medium, point.address, point.usable, is_silent or point.address in silent)
        for point in points
    ]


def _history(tx: SqlTransaction, customer_id: str | None) -> list[HistoryLine]:
    mine = sa.select(customer_history).where(customer_history.c.customer_id == customer_id)
    newest = mine.order_by(customer_history.c.at.desc(), customer_history.c.key).limit(HISTORY)
    return [
        HistoryLine(
            row.at,
            row.medium,
            row.account_id,
            row.disposition,
            words_of(row.responses),
            row.agent,
            row.note,
        )
        for row in tx.connection.execute(newest)
    ]
