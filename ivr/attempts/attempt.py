"""One try on one medium at one contact point, and the states it goes through.

ready -> claimed -> placing -> in_progress -> closed, or cancelled, expired, unknown.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from ivr.accounts.contact_point import Medium


class AttemptState(StrEnum):
    """Where an attempt stands in the ledger."""

    READY = "ready"
    """Due at some time; nobody works on it."""
    CLAIMED = "claimed"
    """An owner is checking it; goes back to ready when the owner's lease runs out."""
    PLACING = "placing"
    """Committed before the originate: the call may or may not exist. Never redialled without evidence."""
    IN_PROGRESS = "in_progress"
    """Somebody answered."""
    CLOSED = "closed"
    CANCELLED = "cancelled"
    EXPIRED = "expired"
    UNKNOWN = "unknown"
    """Nobody can tell whether it rang: reported, never redialled in this cycle."""


TERMINAL = frozenset(
    {AttemptState.CLOSED, AttemptState.CANCELLED, AttemptState.EXPIRED, AttemptState.UNKNOWN}
)

TRANSITIONS: dict[AttemptState, frozenset[AttemptState]] = {
    AttemptState.READY: frozenset({AttemptState.CLAIMED, AttemptState.CANCELLED, AttemptState.EXPIRED}),
    AttemptState.CLAIMED: frozenset(
        {AttemptState.READY, AttemptState.PLACING, AttemptState.CANCELLED, AttemptState.EXPIRED}
    ),
    # Back to ready only by reconciliation, with evidence that nothing was dialled.
    AttemptState.PLACING: frozenset(
        {AttemptState.READY, AttemptState.IN_PROGRESS, AttemptState.CLOSED, AttemptState.UNKNOWN}
    ),
    AttemptState.IN_PROGRESS: frozenset({AttemptState.CLOSED, AttemptState.UNKNOWN}),
    **{state: frozenset() for state in TERMINAL},
}
"""Every state with those that may follow it."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """One row of the ledger."""

    id: str
    """Also the ARI channel id of its call."""
    alert_id: str
    customer_id: str
    cycle: int
    attempt_no: int
    """Counts across steps, from 1; unique with alert and cycle."""
    step: int
    """Index into the rule's contact plan, from 0."""
    medium: Medium
    contact_point_id: str
    address: str
    state: AttemptState
    due_at: datetime
    owner: str | None = None
    epoch: int = 0
    """Fence: an update under an older epoch changes nothing and raises FencedError."""
    placing_at: datetime | None = None
    closed_at: datetime | None = None
    result: str | None = None
    """CallResult of a closed voice attempt, or the reason of a cancelled or unknown one."""
    disposition: str | None = None


@dataclass(frozen=True, slots=True)
class NewAttempt:
    """An attempt to be added in state ready."""

    alert_id: str
    customer_id: str
    cycle: int
    attempt_no: int
    step: int
    medium: Medium
    contact_point_id: str
    address: str
    due_at: datetime
    rank_at: datetime
    """due_at less the priority's bonus: what claims are ordered by."""
