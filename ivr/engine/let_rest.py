"""Let what waits about a matter come later because the customer called, and keep the reason."""

from __future__ import annotations

from datetime import datetime
from enum import Enum

from ivr.attempts.eligibility.decision import Decision, Verdict
from ivr.engine.ports import Transaction

STAGE = "returned_call"


class Rest(Enum):
    """Why it rests: the named reason, and the same in plain words."""

    TALKING = ("talking", "the customer is being told of it in a call of theirs")
    RETURNED_CALL = ("returned_call", "the customer called us, and is left alone for a while after that")
    LEFT_OPEN = ("left_open", "an agent who talked with the customer left it open")


def let_rest(tx: Transaction, alert_id: str, until: datetime, rest: Rest, now: datetime) -> None:
    """Move what waits about an alert to `until`; what comes later already stays where it is."""
    waiting = tx.attempts.ready_of(alert_id)
    if tx.attempts.move_ready(alert_id, until) and waiting is not None:
        reason, detail = rest.value
        tx.alerts.decided(alert_id, waiting.id, Decision(STAGE, Verdict.DEFER, reason, detail, until), now)
