"""Alerts and the decisions about them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from ivr.alerts.alert import Alert, AlertState
from ivr.attempts.eligibility.decision import Decision


class Alerts(Protocol):
    """Alerts and the decisions about them."""

    def add(self, alert: Alert) -> bool:
        """Add; False (and nothing changed) when its dedupe key or id is taken."""
        ...

    def get(self, alert_id: str) -> Alert: ...
    def lock(self, alert_id: str) -> Alert:
        """Return an alert that nobody else ends or claims until this transaction is over."""
        ...

    def exists(self, alert_id: str) -> bool: ...
    def by_reference(self, reference: str) -> Alert | None:
        """Return the alert of this reference, open or not."""
        ...

    def open_alerts(self, rule: str | None = None) -> Sequence[Alert]: ...
    def open_of(self, customer_id: str) -> Sequence[Alert]:
        """Return the open alerts that a customer has of us: the most urgent first, then the oldest.

        What they passed on to somebody, or are told of it, is not among them.
        """
        ...

    def end_reason(self, alert_id: str) -> str | None:
        """Return why the alert ended; None while it is open."""
        ...

    def end(self, alert_id: str, state: AlertState, reason: str, at: datetime) -> bool:
        """Move an open alert to an ended state; False when it was ended before."""
        ...

    def settle_late(self, alert_id: str, reason: str, at: datetime) -> bool:
        """Settle an alert whose plan or time ran out before; False for any other."""
        ...

    def reopen(self, alert_id: str, expires_at: datetime) -> Alert | None:
        """Open an ended alert again, in its next cycle; None when it is open."""
        ...

    def forwards_since(self, customer_id: str, since: datetime) -> int:
        """Return how many alerts the customer has passed on since then."""
        ...

    def unheard(self, now: datetime, limit: int) -> Sequence[Alert]:
        """Return up to `limit` open alerts that customers passed on, whose time is over and of which nothing
        is tried any more."""
        ...

    def reach(self, alert_id: str, contact_point_id: str, until: datetime) -> None:
        """Keep where to reach whom a customer passed this alert on to, and when it expires."""
        ...

    def defer(self, alert_id: str, until: datetime) -> None:
        """Keep that nothing of an alert, on whatever medium, is to come before `until`."""
        ...

    def claim_settling(self, alert_id: str, call_id: str, at: datetime) -> bool:
        """Say whether this call is the one that settles an alert; False while another one that is up does.

        Whoever asks first is, until its call has ended: from then on the alert itself says how it stands.
        """
        ...

    def is_being_settled(self, alert_id: str) -> bool:
        """Say whether a call that is up has settled an alert, which its end will write down."""
        ...

    def decided(self, alert_id: str, attempt_id: str | None, decision: Decision, at: datetime) -> None:
        """Keep a decision: a new row when it differs from that stage's last, else count and last-seen."""
        ...
