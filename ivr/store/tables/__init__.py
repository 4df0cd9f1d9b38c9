"""The tables, one file per area. Importing this package brings them all into `metadata`."""

from ivr.store.tables import (
    account_events,
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
    outcomes,
    payments,
    promises,
    surveys,
)
from ivr.store.tables.metadata import metadata

__all__ = [
    "account_events",
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
    "metadata",
    "outcomes",
    "payments",
    "promises",
    "surveys",
]
