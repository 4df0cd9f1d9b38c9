"""Outcomes, and the outbox by which they are told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from ivr.outcomes.disposition import Disposition
from ivr.outcomes.response import Response


@dataclass(frozen=True, slots=True)
class Outcome:
    """How an attempt, or a talk about an alert in a call that came in, ended: for the customer's history."""

    id: str
    """Idempotency key at every target it is pushed to."""
    alert_id: str
    attempt_id: str | None
    """None for what was said in a call that came in."""
    customer_id: str
    account_id: str
    medium: str
    disposition: Disposition
    responses: Sequence[tuple[Response, Mapping[str, object]]]
    """In the order in which they were meant."""
    call_result: str
    at: datetime
    content_version: str
    """Hash of the flow that was heard."""
    forwarded_from: str | None = None
    """The alert that the customer passed on, where somebody else was called with it and said all this."""
    call_id: str | None = None
    """The call that came in; that of an attempt has the attempt's id."""
    message_id: str | None = None
    """The message whose link led to the page where it was said."""
    proof: str | None = None
    """The factor that whoever said it on a page had proved to know."""


@dataclass(frozen=True, slots=True)
class OutboxEntry:
    """Something to be told to a target until it acknowledges."""

    id: int
    target: str
    key: str
    """Idempotency key."""
    payload: Mapping[str, object]
    tries: int


class Outcomes(Protocol):
    """Outcomes and the outbox."""

    def add(self, outcome: Outcome, targets: Sequence[str]) -> None:
        """Keep an outcome and one outbox entry per target."""
        ...

    def dispositions(self, alert_id: str) -> Sequence[Disposition]:
        """Return how what was tried and said about an alert ended, on whatever medium, oldest first."""
        ...

    def said(self, outcome_id: str) -> Sequence[tuple[Response, Mapping[str, object]]] | None:
        """Return what was meant in an outcome, with details, in order; None: none of this id is kept."""
        ...

    def last_call_about(self, alert_id: str) -> str | None:
        """Return the call in which an alert was spoken of last; what was answered on a page is none."""
        ...

    def due_entries(self, now: datetime, limit: int) -> Sequence[OutboxEntry]: ...
    def acknowledged(self, entry_id: int, at: datetime) -> None: ...
    def push_failed(self, entry_id: int, error: str, next_at: datetime) -> None: ...
