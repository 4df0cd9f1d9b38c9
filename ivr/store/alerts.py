"""Alerts and the decisions about them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa

from ivr.alerts.alert import Alert, AlertState
from ivr.attempts.attempt import TERMINAL
from ivr.attempts.eligibility.decision import Decision
from ivr.errors import StoreError
from ivr.store.insert import insert_if_absent
from ivr.store.rows import AnyRow, alert_of
from ivr.store.tables.alerts import alerts, decisions, settlings
from ivr.store.tables.attempts import attempts
from ivr.store.tables.calls import calls

_BY_ID = sa.select(alerts).where(alerts.c.id == sa.bindparam("alert"))
_OPEN_OF = (
    sa.select(alerts)
    .where(
        alerts.c.customer_id == sa.bindparam("customer"),
        alerts.c.state == AlertState.OPEN,
        alerts.c.forwarded_from.is_(None),
        alerts.c.tells_of.is_(None),
    )
    .order_by(alerts.c.priority.desc(), alerts.c.created_at, alerts.c.id)
)
# Two that may settle it take their turns here; whatever refers to the alert need not wait.
_LOCKED = _BY_ID.with_for_update(key_share=True)
_BY_REFERENCE = sa.select(alerts).where(alerts.c.reference == sa.bindparam("reference"))
_END = sa.update(alerts).where(alerts.c.id == sa.bindparam("alert"), alerts.c.state == AlertState.OPEN)
_SETTLE_LATE = sa.update(alerts).where(
    alerts.c.id == sa.bindparam("alert"), alerts.c.state.in_([AlertState.EXHAUSTED, AlertState.EXPIRED])
)
# Locked, so that of two calls that ask at once about a third, which has ended, one is told yes.
_SETTLED_IN = (
    sa.select(settlings.c.call_id, calls.c.ended_at)
    .join(calls, calls.c.id == settlings.c.call_id)
    .where(settlings.c.alert_id == sa.bindparam("alert"))
    .with_for_update(of=settlings)
)
_SETTLE = sa.update(settlings).where(settlings.c.alert_id == sa.bindparam("alert"))
_LAST_DECISION = (
    sa.select(decisions)
    .where(
        decisions.c.alert_id == sa.bindparam("alert"),
        decisions.c.stage == sa.bindparam("stage"),
        decisions.c.attempt_id.is_not_distinct_from(sa.bindparam("attempt")),
    )
    .order_by(decisions.c.id.desc())
    .limit(1)
)
_SEEN_AGAIN = sa.update(decisions).where(decisions.c.id == sa.bindparam("decision"))
_DECIDED = sa.insert(decisions)


class SqlAlerts:
    """Alerts of one transaction."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def add(self, alert: Alert) -> bool:
        row = {
            "id": alert.id,
            "rule": alert.rule,
            "rule_version": alert.rule_version,
            "topic": alert.topic,
            "customer_id": alert.customer_id,
            "account_id": alert.account_id,
            "dedupe_key": alert.dedupe_key,
            "facts": dict(alert.facts),
            "priority": alert.priority,
            "created_at": alert.created_at,
            "expires_at": alert.expires_at,
            "state": alert.state,
            "cycle": alert.cycle,
            "content_version": alert.content_version,
            "tells_of": alert.tells_of,
            "reference": alert.reference,
            "deferred_until": alert.deferred_until,
        }
        if (to := alert.forwarded) is not None:
            row |= {"forwarded_from": to.alert_id, "forwarded_to": to.contact_point_id, "comment": to.comment}
        return insert_if_absent(self._connection, alerts, row)

    def get(self, alert_id: str) -> Alert:
        row = self._connection.execute(_BY_ID, {"alert": alert_id}).first()
        if row is None:
            raise StoreError(f"there is no alert {alert_id}")
        return alert_of(row)

    def lock(self, alert_id: str) -> Alert:
        self._connection.execute(_LOCKED, {"alert": alert_id})
        return self.get(alert_id)

    def open_of(self, customer_id: str) -> Sequence[Alert]:
        return [alert_of(row) for row in self._connection.execute(_OPEN_OF, {"customer": customer_id})]

    def exists(self, alert_id: str) -> bool:
        return self._connection.execute(_BY_ID, {"alert": alert_id}).first() is not None

    def forwards_since(self, customer_id: str, since: datetime) -> int:
        count = sa.select(sa.func.count()).select_from(alerts)
        passed_on = count.where(alerts.c.customer_id == customer_id, alerts.c.forwarded_from.is_not(None))
        return self._connection.execute(passed_on.where(alerts.c.created_at >= since)).scalar_one()

    def by_reference(self, reference: str) -> Alert | None:
        row = self._connection.execute(_BY_REFERENCE, {"reference": reference}).first()
        return None if row is None else alert_of(row)

    def open_alerts(self, rule: str | None = None) -> Sequence[Alert]:
        query = sa.select(alerts).where(alerts.c.state == AlertState.OPEN)
        if rule is not None:
            query = query.where(alerts.c.rule == rule)
        rows = self._connection.execute(query.order_by(alerts.c.created_at, alerts.c.id))
        return [alert_of(row) for row in rows]

    def end_reason(self, alert_id: str) -> str | None:
        query = sa.select(alerts.c.end_reason).where(alerts.c.id == alert_id)
        return self._connection.execute(query).scalar()

    def end(self, alert_id: str, state: AlertState, reason: str, at: datetime) -> bool:
        if state is AlertState.OPEN:
            raise StoreError(f"alert {alert_id} can't be ended as open")
        ending = {"alert": alert_id, "state": state, "end_reason": reason, "ended_at": at}
        ended = self._connection.execute(_END, ending).rowcount
        if ended == 0:
            self.get(alert_id)
        return ended == 1

    def settle_late(self, alert_id: str, reason: str, at: datetime) -> bool:
        ending = {"alert": alert_id, "state": AlertState.SETTLED, "end_reason": reason, "ended_at": at}
        return self._connection.execute(_SETTLE_LATE, ending).rowcount == 1

    def reopen(self, alert_id: str, expires_at: datetime) -> Alert | None:
        change = sa.update(alerts).where(alerts.c.id == alert_id, alerts.c.state != AlertState.OPEN)
        begun = {
            "state": AlertState.OPEN,
            "cycle": alerts.c.cycle + 1,
            "expires_at": expires_at,
            "ended_at": None,
            "end_reason": None,
        }
        return self.get(alert_id) if self._connection.execute(change.values(begun)).rowcount else None

    def unheard(self, now: datetime, limit: int) -> Sequence[Alert]:
        trying = sa.select(attempts.c.id).where(
            attempts.c.alert_id == alerts.c.id, attempts.c.state.not_in(TERMINAL)
        )
        over = sa.select(alerts).where(
            alerts.c.state == AlertState.OPEN,
            alerts.c.forwarded_from.is_not(None),
            alerts.c.expires_at <= now,
            ~trying.exists(),
        )
        rows = self._connection.execute(over.order_by(alerts.c.expires_at, alerts.c.id).limit(limit))
        return [alert_of(row) for row in rows]

    def reach(self, alert_id: str, contact_point_id: str, until: datetime) -> None:
        passed_on = (alerts.c.id == alert_id, alerts.c.forwarded_from.is_not(None))
        change = sa.update(alerts).where(*passed_on).values(forwarded_to=contact_point_id, expires_at=until)
        if self._connection.execute(change).rowcount == 0:
            raise StoreError(f"there is no alert {alert_id} that was passed on")

    def defer(self, alert_id: str, until: datetime) -> None:
        change = sa.update(alerts).where(alerts.c.id == alert_id)
        if self._connection.execute(change.values(deferred_until=until)).rowcount == 0:
            raise StoreError(f"there is no alert {alert_id}")

    def claim_settling(self, alert_id: str, call_id: str, at: datetime) -> bool:
        self.lock(alert_id)
        row = {"alert_id": alert_id, "call_id": call_id, "at": at}
        if insert_if_absent(self._connection, settlings, row, unless=["alert_id"]):
            return True
        held = self._connection.execute(_SETTLED_IN, {"alert": alert_id}).one()
        if held.call_id != call_id and held.ended_at is not None:
            self._connection.execute(_SETTLE, {"alert": alert_id, "call_id": call_id, "at": at})
        return held.call_id == call_id or held.ended_at is not None

    def is_being_settled(self, alert_id: str) -> bool:
        held = self._connection.execute(_SETTLED_IN, {"alert": alert_id}).first()
        return held is not None and held.ended_at is None

    def decided(self, alert_id: str, attempt_id: str | None, decision: Decision, at: datetime) -> None:
        last = self._last_decision(alert_id, attempt_id, decision.stage)
        if last is not None and (last.verdict, last.reason) == (decision.verdict, decision.reason):
            seen = {"times_seen": last.times_seen + 1, "last_seen_at": at}
            told = {"detail": decision.detail, "until": decision.until}
            self._connection.execute(_SEEN_AGAIN, {"decision": last.id, **told, **seen})
            return
        row = {
            "alert_id": alert_id,
            "attempt_id": attempt_id,
            "stage": decision.stage,
            "verdict": decision.verdict,
            "reason": decision.reason,
            "detail": decision.detail,
            "until": decision.until,
            "times_seen": 1,
            "first_seen_at": at,
            "last_seen_at": at,
        }
        self._connection.execute(_DECIDED, row)

    def _last_decision(self, alert_id: str, attempt_id: str | None, stage: str) -> AnyRow | None:
        same = {"alert": alert_id, "attempt": attempt_id, "stage": stage}
        return self._connection.execute(_LAST_DECISION, same).first()
