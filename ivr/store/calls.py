"""Calls, their steps and checkpoints."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from ivr.calls.aftermath import Aftermath
from ivr.calls.answered_by import AnsweredBy
from ivr.calls.call_report import CallReport
from ivr.engine.ports import CallStep, NewCall
from ivr.errors import StoreError
from ivr.store.column_types import UtcDateTime
from ivr.store.insert import insert_if_absent, upsert
from ivr.store.rows import AnyRow
from ivr.store.tables.calls import answer_scores, call_alerts, call_steps, calls, checkpoints

_BY_ID = sa.select(calls).where(calls.c.id == sa.bindparam("call"))
_ASKED_FOR = sa.select(calls).where(
    sa.or_(
        calls.c.story_id == sa.bindparam("story"),
        sa.and_(calls.c.story_id.is_(None), calls.c.id == sa.bindparam("story")),
    )
)
_LAST_TAKEN = (
    sa.select(calls)
    .where(
        calls.c.taken_by == sa.bindparam("agent"),
        sa.or_(calls.c.ended_at.is_(None), calls.c.ended_at >= sa.bindparam("since", type_=UtcDateTime)),
    )
    .order_by(calls.c.ended_at.is_(None).desc(), calls.c.taken_at.desc(), calls.c.ended_at.desc(), calls.c.id)
    .limit(1)
)
_TAKEN = sa.update(calls).where(calls.c.id == sa.bindparam("call"))
_STEP_COUNT = sa.select(sa.func.count()).where(call_steps.c.call_id == sa.bindparam("call"))
_UNENDED_INBOUND = (
    sa.select(calls)
    .where(calls.c.direction == "inbound", calls.c.ended_at.is_(None))
    .order_by(calls.c.started_at)
)
_PLACED_TO = (
    sa.select(calls.c.id)
    .where(
        calls.c.number == sa.bindparam("to"),
        calls.c.direction == "outbound",
        calls.c.started_at >= sa.bindparam("since", type_=UtcDateTime),
    )
    .limit(1)
)
_LAST_FROM = (
    sa.select(
        calls,
        sa.exists()
        .where(call_steps.c.call_id == calls.c.id, call_steps.c.kind == "hangup")
        .label("was_ended_by_us"),
    )
    .where(
        calls.c.number == sa.bindparam("caller"),
        calls.c.direction == "inbound",
        calls.c.ended_at >= sa.bindparam("since", type_=UtcDateTime),
    )
    .order_by(calls.c.started_at.desc())
    .limit(1)
)
_COUNT_FROM = sa.select(sa.func.count()).where(
    calls.c.number == sa.bindparam("caller"),
    calls.c.direction == "inbound",
    calls.c.started_at >= sa.bindparam("since", type_=UtcDateTime),
)
_OPEN = sa.insert(calls)
_ANSWERED = (
    sa.update(calls)
    .where(calls.c.id == sa.bindparam("call"))
    .values(answered_at=sa.func.coalesce(calls.c.answered_at, sa.bindparam("at", type_=UtcDateTime)))
)
_CLOSE = (
    sa.update(calls)
    .where(calls.c.id == sa.bindparam("call"), calls.c.ended_at.is_(None))
    .values(
        answered_at=sa.func.coalesce(calls.c.answered_at, sa.bindparam("at", type_=UtcDateTime)),
        # An engine that took the call up saw perhaps nothing of who had taken it.
        taken_by=sa.func.coalesce(sa.bindparam("taker", type_=sa.Text), calls.c.taken_by),
    )
)
_ADD_STEPS = sa.insert(call_steps)


class SqlCalls:
    """Calls of one transaction."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def open(self, call: NewCall) -> None:
        row = {
            "id": call.id,
            "attempt_id": call.attempt_id,
            "direction": call.direction,
            "number": call.number,
            "trunk": call.trunk,
            "caller_id": call.caller_id,
            "flow": call.flow,
            "flow_version": call.flow_version,
            "content_version": call.content_version,
            "customer_id": call.customer_id,
            "story_id": call.story_id,
            "rule": call.rule,
            "started_at": call.started_at,
        }
        self._connection.execute(_OPEN, row)

    def answered(self, call_id: str, at: datetime) -> None:
        if self._connection.execute(_ANSWERED, {"call": call_id, "at": at}).rowcount == 0:
            raise _no_call(call_id)

    def add_steps(self, call_id: str, steps: Sequence[CallStep]) -> None:
        rows = [
            {
                "call_id": call_id,
                "seq": step.seq,
                "at": step.at,
                "node": step.node,
                "kind": step.kind,
                "detail": dict(step.detail),
            }
            for step in steps
        ]
        if rows:
            self._connection.execute(_ADD_STEPS, rows)

    def save_checkpoint(self, call_id: str, state: str, at: datetime) -> None:
        row = {"call_id": call_id, "state": state, "at": at}
        upsert(self._connection, checkpoints, row, key=["call_id"])

    def checkpoint(self, call_id: str) -> str | None:
        query = sa.select(checkpoints.c.state).where(checkpoints.c.call_id == call_id)
        return self._connection.execute(query).scalar()

    def get(self, call_id: str) -> NewCall | None:
        row = self._connection.execute(_BY_ID, {"call": call_id}).first()
        return None if row is None else _call_of(row)

    def asked_for(self, story_id: str) -> NewCall | None:
        row = self._connection.execute(_ASKED_FOR, {"story": story_id}).first()
        return None if row is None else _call_of(row)

    def taken(self, call_id: str, agent: str, at: datetime) -> None:
        self._connection.execute(_TAKEN, {"call": call_id, "taken_by": agent, "taken_at": at})

    def is_over(self, call_id: str) -> bool:
        row = self._connection.execute(_BY_ID, {"call": call_id}).first()
        return row is not None and row.ended_at is not None

    def last_taken_by(self, agent: str, since: datetime) -> NewCall | None:
        row = self._connection.execute(_LAST_TAKEN, {"agent": agent, "since": since}).first()
        return None if row is None else _call_of(row)

    def lock(self, call_id: str) -> None:
        self._connection.execute(_BY_ID.with_for_update(), {"call": call_id})

    def step_count(self, call_id: str) -> int:
        found = self._connection.execute(_STEP_COUNT, {"call": call_id}).scalar_one()
        return int(found)

    def unended_inbound(self) -> Sequence[NewCall]:
        return [_call_of(row) for row in self._connection.execute(_UNENDED_INBOUND)]

    def score(self, call_id: str, verdict: AnsweredBy, aftermath: Aftermath) -> None:
        call = self.get(call_id)
        if call is None:
            raise _no_call(call_id)
        row = {"trunk": call.trunk, "verdict": verdict, "aftermath": aftermath, "calls": 1}
        upsert(self._connection, answer_scores, row, ["trunk", "verdict", "aftermath"], _one_more)

    def add_alert(self, call_id: str, alert_id: str, role: str) -> None:
        row = {"call_id": call_id, "alert_id": alert_id, "role": role}
        insert_if_absent(self._connection, call_alerts, row, unless=["call_id", "alert_id"])

    def was_placed_to(self, number: str, since: datetime) -> bool:
        row = self._connection.execute(_PLACED_TO, {"to": number, "since": since}).first()
        return row is not None

    def count_from(self, number: str, since: datetime) -> int:
        found = self._connection.execute(_COUNT_FROM, {"caller": number, "since": since}).scalar_one()
        return int(found)

    def dropped_of(self, number: str, since: datetime) -> NewCall | None:
        row = self._connection.execute(_LAST_FROM, {"caller": number, "since": since}).first()
        return None if row is None or row.was_ended_by_us else _call_of(row)

    def close(self, report: CallReport) -> bool:
        closing = {
            "call": report.call_id,
            "at": report.answered_at,
            "taker": report.taken_by,
            **_end_of(report),
        }
        if self._connection.execute(_CLOSE, closing).rowcount == 1:
            return True
        if self.get(report.call_id) is None:
            raise _no_call(report.call_id)
        return False


def _one_more(
    table: sa.Table, _offered: sa.ColumnCollection[str, Any]
) -> Mapping[str, sa.ColumnElement[Any]]:
    return {"calls": table.c.calls + 1}


def _call_of(row: AnyRow) -> NewCall:
    return NewCall(
        id=row.id,
        attempt_id=row.attempt_id,
        direction=row.direction,
        number=row.number,
        trunk=row.trunk,
        caller_id=row.caller_id,
        flow=row.flow,
        flow_version=row.flow_version,
        content_version=row.content_version,
        customer_id=row.customer_id,
        story_id=row.story_id,
        rule=row.rule,
        taken_by=row.taken_by,
        started_at=row.started_at,
    )


def _no_call(call_id: str) -> StoreError:
    return StoreError(f"there is no call {call_id}")


def _end_of(report: CallReport) -> dict[str, object]:
    """Return the columns that a call's end fills, beside that of the answer."""
    cause, media = report.cause, report.media
    return {
        "started_at": report.started_at,
        "ringing_at": report.ringing_at,
        "ended_at": report.ended_at,
        "call_result": report.result,
        "answered_by": report.answered_by,
        "sip_call_id": report.sip_call_id,
        "q850": cause.q850 if cause else None,
        "cause_text": cause.text if cause else None,
        "sip_status": cause.sip if cause else None,
        "sip_reason": cause.sip_reason if cause else None,
        "post_dial_delay": report.post_dial_delay,
        "ring_seconds": report.ring_seconds,
        "codec": media.codec,
        "rtp_sent": media.packets_sent,
        "rtp_received": media.packets_received,
        "rtp_lost": media.packets_lost,
        "jitter_ms": media.jitter_ms,
    }
