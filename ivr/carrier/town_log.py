"""Everybody's log, in memory and in a file."""

from __future__ import annotations

import os
from collections import defaultdict
from pathlib import Path
from types import TracebackType
from typing import Self

from ivr.carrier.call_seen import CallSeen, calls_of
from ivr.carrier.log_entry import LogEntry


class TownLog:
    """Everybody's log: in memory, and a line of JSON at a time in a file.

    Each line is in the system's hands when `write` returns, so it outlives a kill of this process too.
    """

    def __init__(self, file: Path | None = None) -> None:
        self._by_number: defaultdict[str, list[LogEntry]] = defaultdict(list)
        self._number_of: dict[str, str] = {}
        self._descriptor: int | None = None
        if file is not None:
            file.parent.mkdir(parents=True, exist_ok=True)
            self._descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, 0o600)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the file; what is in memory stays."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None

    def write(self, entry: LogEntry) -> None:
        """Add an entry."""
        self._by_number[entry.number].append(entry)
        self._number_of[entry.line] = entry.number
        if self._descriptor is not None:
            os.write(self._descriptor, f"{entry.to_json()}\n".encode())

    def of(self, number: str) -> tuple[LogEntry, ...]:
        """Return what happened at one telephone, oldest first."""
        return tuple(self._by_number.get(number, ()))

    def number_of(self, line: str) -> str | None:
        """Return whose telephone a call is at."""
        return self._number_of.get(line)

    def calls(self, number: str) -> tuple[CallSeen, ...]:
        """Return the calls at one telephone, oldest first."""
        return calls_of(self.of(number))

    def entries(self) -> tuple[LogEntry, ...]:
        """Return everything, oldest first."""
        return tuple(sorted((e for found in self._by_number.values() for e in found), key=lambda e: e.at))
