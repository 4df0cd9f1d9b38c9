"""One line of the people's log: the witness against which the engine's store is judged.

The log tells which keys a simulated person pressed, because that is what it is there to prove. Nobody in it
is real.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from pathlib import Path

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
    DID_ALL = "did_all"
    """The person came to the end of what they do."""
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
