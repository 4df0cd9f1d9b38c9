"""One data folder, one engine: a lock that ends with its process, signed by the engine that holds it."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from ivr.engine.world import Owner
from ivr.errors import UsageError


@contextmanager
def only_engine_of(home: Path) -> Iterator[TextIO]:
    """Hold the data folder's lock, which ends with this process however it ends."""
    with (home / "engine.lock").open("a+", encoding="utf-8") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise UsageError(
                f"another engine works on {home}; stop it first, or name another data folder with --home"
            ) from None
        yield lock


def name_in(lock: TextIO) -> str | None:
    """Return the engine that held the lock before us: it is dead, or the lock would not be ours."""
    lock.seek(0)
    return lock.read() or None


def sign(lock: TextIO, owner: Owner) -> None:
    """Say who holds the lock, for the engine that comes after."""
    lock.truncate(0)
    lock.write(owner.name)
    lock.flush()
