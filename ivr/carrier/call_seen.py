"""Calls as the people saw them, put together from their log."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from ivr.carrier.log_entry import LogEntry, What


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
    did_all: bool = False
    """Whether the person came to the end of what they do."""
    failures: tuple[str, ...] = ()
    ended_by: str | None = None
    """`person`, `far_end`, or `unknown` where the call ended while nobody looked."""
    ended_at: datetime | None = None

    def take(self, entry: LogEntry) -> None:
        """Add what an entry tells."""
        match entry.what:
            case What.INVITED | What.CALLED | What.RANG | What.ANSWERED | What.REFUSED | What.ENDED:
                self._take_progress(entry)
            case _:
                self._take_talk(entry)

    def _take_progress(self, entry: LogEntry) -> None:
        details = entry.details
        match entry.what:
            case What.RANG:
                self.rang_at = entry.at
            case What.ANSWERED:
                self.answered_at = entry.at
                self.sip_call_id = details.get("sip_call_id", self.sip_call_id)
            case What.REFUSED:
                self.refused = details["status"]
            case What.ENDED:
                self.ended_by, self.ended_at = details["by"], entry.at
            case _:
                self.began_at = entry.at
                self.attempt_id = details.get("attempt_id", "")
                self.caller_id = details.get("caller_id", "")
                self.sip_call_id = details.get("sip_call_id", "")

    def _take_talk(self, entry: LogEntry) -> None:
        details = entry.details
        match entry.what:
            case What.PRESSED:
                self.pressed += (details["keys"],)
            case What.HEARD_PHRASE:
                self.phrases += (details["phrase"],)
            case What.DID_ALL:
                self.did_all = True
            case What.FAILED:
                self.failures += (details["error"],)
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
