"""What agents said calls came to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from ivr.outcomes.agent_disposition import AgentDisposition


@dataclass(frozen=True, slots=True)
class ToldDisposition:
    """One thing that an agent said of a call, kept as it was said."""

    id: str
    """Idempotency key at every target that it is pushed to."""
    client: str
    """The program or the telephone by which it was said."""
    key: str
    """The client's own key for it."""
    call_id: str
    agent: str
    """Who said it."""
    disposition: AgentDisposition
    details: Mapping[str, object]
    """Amount, days or moment, as in the details of a response."""
    note: str
    medium: str
    """`api` or `keypad`."""
    customer_id: str | None
    account_id: str | None
    alert_id: str | None
    at: datetime
    content_version: str
    """Hash of the flow that the customer heard."""


class AgentDispositions(Protocol):
    """What agents said calls came to."""

    def add(self, told: ToldDisposition, targets: Sequence[str]) -> bool:
        """Keep one, with an outbox entry a target; False (and nothing changed) when its id is there.

        Targets keep the history of customers: where nobody knows the customer they are told nothing.
        """
        ...

    def get(self, told_id: str) -> ToldDisposition | None: ...
    def of_call(self, call_id: str) -> Sequence[ToldDisposition]:
        """Return what was said of a call, oldest first."""
        ...
