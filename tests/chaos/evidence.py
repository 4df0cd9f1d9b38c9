"""What is known when the killing is over, as plain data for the judge."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from ivr.alerts.alert import AlertState
from ivr.attempts.attempt import AttemptState


@dataclass(frozen=True, slots=True)
class Invite:
    """A telephone was rung, as the telephone network saw it."""

    attempt_id: str
    """The X-Attempt-Id of the INVITE; empty where it had none."""
    number: str
    at: datetime


@dataclass(frozen=True, slots=True)
class AttemptSeen:
    """A row of the ledger."""

    id: str
    alert_id: str
    number: str
    state: AttemptState
    has_outcome: bool
    attempt_no: int = 1
    """Which of the alert's tries it is."""
    has_live_owner: bool = False
    """Whether a lease that has not run out is held under its epoch."""


@dataclass(frozen=True, slots=True)
class AlertSeen:
    """A matter with one customer; in these runs everybody has one number and one matter."""

    id: str
    number: str
    state: AlertState
    ended_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Charge:
    """Money that the payment provider took, by the provider's own books."""

    number: str
    attempt_id: str
    """The attempt in whose call it was asked for."""


@dataclass(frozen=True, slots=True)
class Kill:
    """One kill -9."""

    moment: str
    """What it was aimed at."""
    placing: frozenset[str]
    """The attempts that the ledger had in `placing` when the engine was dead."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """Everything the judge goes by."""

    numbers: frozenset[str]
    """Everybody who was to be called."""
    invites: Sequence[Invite]
    alerts: Sequence[AlertSeen]
    attempts: Sequence[AttemptSeen]
    charges: Sequence[Charge] = ()
    kills: Sequence[Kill] = ()
    released: Mapping[str, str] = field(default_factory=dict)
    """Why an attempt last went back to ready, by attempt."""
