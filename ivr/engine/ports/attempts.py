"""The ledger of attempts."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Protocol

from ivr.accounts.contact_point import ContactPoint
from ivr.attempts.attempt import Attempt, AttemptState, NewAttempt
from ivr.attempts.eligibility.facts import EligibilityFacts


class Attempts(Protocol):
    """The ledger. Every change of a claimed or later attempt is fenced by `epoch`.

    Epochs come from RuleRuns.take_lease: one numbering for all leases, so that an epoch names one owner.
    FencedError is raised when no lease is held under `epoch` any more, or a newer one holds the attempt.
    """

    def add(self, attempt: NewAttempt) -> str | None:
        """Add in state ready and return its id; None when (alert, cycle, attempt_no) is there already."""
        ...

    def get(self, attempt_id: str) -> Attempt: ...
    def claim_due(
        self, owner: str, epoch: int, now: datetime, limit: int, lease_until: datetime
    ) -> Sequence[Attempt]:
        """Claim up to `limit` ready attempts with due_at <= now, by rank_at; no two owners get the same."""
        ...

    def release(self, attempt_id: str, epoch: int, due_at: datetime, reason: str) -> None:
        """Claimed (or placing, with evidence that nothing was dialled) back to ready at `due_at`.

        The call that was opened for a placing is withdrawn.
        """
        ...

    def release_expired_claims(self, now: datetime) -> int:
        """Put claimed attempts whose lease ran out back to ready; return how many."""
        ...

    def placing(self, attempt_id: str, epoch: int, at: datetime) -> bool:
        """Claimed to placing; False when the customer or the address has a call placing or in progress."""
        ...

    def in_progress(self, attempt_id: str, epoch: int, at: datetime) -> None: ...
    def close(
        self,
        attempt_id: str,
        epoch: int,
        state: AttemptState,
        at: datetime,
        result: str,
        disposition: str | None,
    ) -> None:
        """Move to a terminal state."""
        ...

    def cancel_ready(self, alert_id: str, at: datetime, reason: str) -> int:
        """Cancel an alert's ready attempts; return how many. A claimed one is stopped at originate."""
        ...

    def ready_of(self, alert_id: str) -> Attempt | None:
        """Return the attempt of an alert that waits for its time, the next one where there are several."""
        ...

    def move_ready(self, alert_id: str, due_at: datetime, *, earlier: bool = False) -> int:
        """Make an alert's ready attempts due at `due_at`, those that are due later already only if `earlier`.

        Return how many were moved. A claimed one goes on.
        """
        ...

    def redirect_ready(self, attempt_id: str, point: ContactPoint) -> bool:
        """Let an attempt go to another address of its medium; False when it is ready no more."""
        ...

    def put_off_ready(self, alert_id: str, until: datetime) -> int:
        """Let an alert's ready attempts be due at `until` at the earliest; return how many were moved."""
        ...

    def in_states(self, states: Collection[AttemptState]) -> Sequence[Attempt]: ...
    def take_over(self, owner: str, epoch: int) -> Sequence[Attempt]:
        """Take the placing and in-progress attempts that no lease's owner holds; return all of its own."""
        ...

    def history(self, alert_id: str, cycle: int) -> Sequence[Attempt]:
        """Return an alert's attempts of one cycle, by attempt_no."""
        ...

    def eligibility(self, attempt_ids: Collection[str], now: datetime) -> Sequence[EligibilityFacts]:
        """Return the facts of each, in one batch of queries."""
        ...
