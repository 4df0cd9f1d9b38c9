"""The tables, one file per area. Importing this package brings them all into `metadata`."""

from ivr.store.tables import (
    alerts,
    attempts,
    calls,
    content,
    controls,
    coordination,
    customers,
    lockouts,
    outcomes,
    payments,
)
from ivr.store.tables.metadata import metadata

__all__ = [
    "alerts",
    "attempts",
    "calls",
    "content",
    "controls",
    "coordination",
    "customers",
    "lockouts",
    "metadata",
    "outcomes",
    "payments",
]
