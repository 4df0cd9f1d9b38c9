"""The tables, one file per area. Importing this package brings them all into `metadata`."""

from ivr.store.tables import (
    account_events,
    agent_dispositions,
    alerts,
    attempts,
    calls,
    content,
    controls,
    coordination,
    customers,
    factors,
    holds,
    lockouts,
    messages,
    outcomes,
    payments,
    promises,
)
from ivr.store.tables.metadata import metadata

__all__ = [
    "account_events",
    "agent_dispositions",
    "alerts",
    "attempts",
    "calls",
    "content",
    "controls",
    "coordination",
    "customers",
    "factors",
    "holds",
    "lockouts",
    "messages",
    "metadata",
    "outcomes",
    "payments",
    "promises",
]
