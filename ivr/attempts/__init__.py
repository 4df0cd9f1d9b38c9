"""The attempt ledger: what may be tried, when, and what became of it."""
