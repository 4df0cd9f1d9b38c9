"""What stands in a SQLite store, as text that two moments can be compared by."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path


def books(file: Path) -> str:
    """Return every row that is committed."""
    with closing(sqlite3.connect(file)) as database:
        return "\n".join(database.iterdump())
