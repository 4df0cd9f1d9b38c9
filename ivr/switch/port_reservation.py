"""Ports that are spoken for before anybody listens on them.

From choosing a port until Asterisk listens on it there are seconds in which it looks free to everybody. All
processes of one user therefore share a file with a record for each port, which its owner's process keeps
locked and the kernel lets go when that process ends, however it ends.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
from functools import cache
from pathlib import Path
from threading import Lock

from ivr.switch.temporary_folder import temporary_folder

_RECORD = hashlib.sha256().digest_size
_mine: dict[int, bytes] = {}
"""The owner of each port that this process has reserved: its own locks do not stop it."""
_one_at_a_time = Lock()


def reserve(port: int, owner: str) -> bool:
    """Keep a port for `owner` until this process ends; False when it is kept for somebody else.

    `owner` is one whoever asks for it: two processes may hold one instance's port.
    """
    record = hashlib.sha256(owner.encode()).digest()
    with _one_at_a_time:
        if port in _mine:
            return _mine[port] == record
        descriptor = _opened(temporary_folder() / "ports")
        fcntl.flock(descriptor, fcntl.LOCK_EX)  # whoever finds a record locked shall find it written too
        try:
            return _take(descriptor, port, record)
        finally:
            fcntl.flock(descriptor, fcntl.LOCK_UN)


@cache
def _opened(file: Path) -> int:
    """Never closed: closing it would let go of every lock on it (fcntl(2))."""
    return os.open(file, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)


def _take(descriptor: int, port: int, record: bytes) -> bool:
    place = port * _RECORD
    try:
        fcntl.lockf(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB, _RECORD, place)
    except (BlockingIOError, PermissionError):
        return os.pread(descriptor, _RECORD, place) == record
    os.pwrite(descriptor, record, place)
    _mine[port] = record
    return True
