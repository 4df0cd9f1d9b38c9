"""What happened at the people's end of every call: the witness against which the engine's store is judged.

The log tells which keys a simulated person pressed, because that is what it is there to prove. Nobody in it
is real.
"""

from __future__ import annotations

import json
import os
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from types import TracebackType
from typing import Self

from ivr.errors import CarrierError


class What(StrEnum):
    """What was seen or done."""

    INVITED = "invited"
    """An INVITE came: `attempt_id`, `caller_id`, `sip_call_id`."""
    CALLED = "called"
    """The person called somebody: `to`."""
    RANG = "rang"
    ANSWERED = "answered"
    REFUSED = "refused"
    """`status`."""
    PRESSED = "pressed"
    """`keys`, `by`."""
    SAID = "said"
    """`sounds`."""
    HEARD_SPEECH = "heard_speech"
    """What the person waited for in the caller's speech came: `moment`."""
    HEARD_PHRASE = "heard_phrase"
    """`phrase`."""
    HEARD_KEY = "heard_key"
    """`key`."""
    RECORDED = "recorded"
    """What the person heard, whole: `file`."""
    TOOK_MESSAGE = "took_message"
    """What was left on a machine: `file`."""
    HUNG_UP = "hung_up"
    """The person did."""
    FAILED = "failed"
    """The simulation itself went wrong: `error`."""
    ENDED = "ended"
    """The call is over: `by`, `cause` (Q.850)."""


@dataclass(frozen=True, slots=True)
class LogEntry:
    """One line of the log."""

    at: datetime
    number: str
    """Whose telephone."""
    line: str
    """Which call of theirs: the carrier's channel id."""
    what: What
    details: Mapping[str, str] = field(default_factory=dict)

    def to_json(self) -> str:
        """Return the entry as one line without its end."""
        head = {"at": self.at.isoformat(), "number": self.number, "line": self.line, "what": self.what}
        return json.dumps(head | dict(self.details), separators=(",", ":"))


def parse_entry(text: str) -> LogEntry:
    """Read one line; raises CarrierError where it is none of ours."""
    try:
        fields = json.loads(text)
        at, number, line, what = (fields.pop(name) for name in ("at", "number", "line", "what"))
        return LogEntry(datetime.fromisoformat(at), number, line, What(what), fields)
    except (ValueError, KeyError, AttributeError, TypeError) as error:
        raise CarrierError(f"a line of the people's log can't be read ({error!r}): {text[:80]}") from None


def read_entries(file: Path) -> tuple[LogEntry, ...]:
    """Read a log, also while it is written: a last line without its end is left out."""
    whole, _, _torn = file.read_text("utf-8").rpartition("\n")
    return tuple(parse_entry(line) for line in whole.splitlines())


@dataclass(slots=True)
class CallSeen:
    """One call as its person saw it, put together from the log."""

    line: str
    attempt_id: str = ""
    caller_id: str = ""
    sip_call_id: str = ""
    began_at: datetime | None = None
    rang_at: datetime | None = None
    answered_at: datetime | None = None
    refused: str | None = None
    """SIP status, or `603+`."""
    pressed: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()
    """The phrases that were waited for and came."""
    heard: Path | None = None
    message: Path | None = None
    failures: tuple[str, ...] = ()
    ended_by: str | None = None
    """`person` or `far_end`."""
    ended_at: datetime | None = None

    def take(self, entry: LogEntry) -> None:
        """Add what an entry tells."""
        details = entry.details
        match entry.what:
            case What.INVITED | What.CALLED:
                self.began_at = entry.at
                self.attempt_id = details.get("attempt_id", "")
                self.caller_id = details.get("caller_id", "")
                self.sip_call_id = details.get("sip_call_id", "")
            case What.RANG:
                self.rang_at = entry.at
            case What.ANSWERED:
                self.answered_at = entry.at
                self.sip_call_id = details.get("sip_call_id", self.sip_call_id)
            case What.REFUSED:
                self.refused = details["status"]
            case What.PRESSED:
                self.pressed += (details["keys"],)
            case What.HEARD_PHRASE:
                self.phrases += (details["phrase"],)
            case What.FAILED:
                self.failures += (details["error"],)
            case What.ENDED:
                self.ended_by, self.ended_at = details["by"], entry.at
            case What.RECORDED:
                self.heard = Path(details["file"])
            case What.TOOK_MESSAGE:
                self.message = Path(details["file"])
            case _:
                pass


def calls_of(entries: Iterable[LogEntry]) -> tuple[CallSeen, ...]:
    """Return the calls in `entries`, oldest first."""
    calls: dict[str, CallSeen] = {}
    for entry in entries:
        calls.setdefault(entry.line, CallSeen(entry.line)).take(entry)
    return tuple(calls.values())


def repeated_attempts(entries: Iterable[LogEntry]) -> Mapping[str, tuple[LogEntry, ...]]:
    """Return the attempt ids that reached people with more than one INVITE, and these invites."""
    invites: defaultdict[str, list[LogEntry]] = defaultdict(list)
    for entry in entries:
        if entry.what is What.INVITED and entry.details.get("attempt_id"):
            invites[entry.details["attempt_id"]].append(entry)
    return {attempt: tuple(found) for attempt, found in invites.items() if len(found) > 1}


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
