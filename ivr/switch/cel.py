"""Channel event log: what Asterisk itself wrote down about each call, read back as evidence.

One line of CSV an event, quoted, with the columns of COLUMNS. Rendered by `asterisk/cel_custom.conf.j2`.
"""

from __future__ import annotations

import csv
import json
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any, BinaryIO

COLUMNS = ("eventtype", "eventtime", "uniqueid", "linkedid", "channame", "eventextra")
"""Asterisk's names of the columns, in the order of the file. `eventtime` is seconds since 1970."""


_BISECT_DOWN_TO = 64 * 1024
"""Bytes that are read rather than searched."""


class CelEvent(StrEnum):
    """What happened to a channel."""

    CHAN_START = "CHAN_START"
    """It was made: the originate had begun."""
    ANSWER = "ANSWER"
    HANGUP = "HANGUP"
    """It was hung up; the only event with a cause."""
    CHAN_END = "CHAN_END"
    """It is gone."""


@dataclass(frozen=True, slots=True)
class CelRecord:
    """One event of one channel."""

    event: CelEvent
    at: datetime
    """Aware UTC."""
    channel_id: str
    """Asterisk's unique id; of an attempt's call the attempt's id."""
    linked_id: str
    """The unique id of the oldest channel in the same conversation."""
    channel_name: str
    """`PJSIP/carrier-00000001`."""
    hangup_cause: int | None
    """Q.850 cause of a HANGUP, else None."""
    hangup_source: str
    """The channel whose side hung up; empty when Asterisk or the engine did."""
    dial_status: str
    """`ANSWER`, `BUSY`, `NOANSWER`, …: what a Dial() of the dialplan came to; else empty."""


def read_cel(file: Path, since: datetime | None = None) -> Iterator[CelRecord]:
    """Yield the records of `file`, oldest first; a file that is not there yet has none.

    With `since`, most of what is older is skipped without being read: the log grows for as long as it is
    kept. Records are as good as in order, so leave a margin of some seconds.
    """
    try:
        with file.open("rb") as lines:
            if since is not None:
                lines.seek(_begin_of(lines, since))
            yield from parse_cel(line.decode("utf-8", errors="replace") for line in lines)
    except FileNotFoundError:
        return


def _begin_of(file: BinaryIO, since: datetime) -> int:
    """Return where to begin so that no record from `since` on is missed: a bisection over the file."""
    low, high = 0, file.seek(0, os.SEEK_END)
    while high - low > _BISECT_DOWN_TO:
        middle = (low + high) // 2
        file.seek(middle)
        file.readline()  # most likely the rest of a line
        record = next(parse_cel(line.decode("utf-8", errors="replace") for line in file), None)
        if record is not None and record.at < since:
            low = middle
        else:
            high = middle
    return low


def parse_cel(lines: Iterable[str]) -> Iterator[CelRecord]:
    """Yield a record for each whole line.

    A line without its end is still being written, or was torn by a crash: it is passed over, and so is a
    line that is not ours, because one bad line must not hide the evidence around it.
    """
    for line in lines:
        if line.endswith("\n") and (record := _parse_line(line)) is not None:
            yield record


def _parse_line(line: str) -> CelRecord | None:
    try:
        (columns,) = csv.reader([line], strict=True)
        event, at, channel_id, linked_id, name, extra = columns
        details = _details(extra)
        return CelRecord(
            event=CelEvent(event),
            at=datetime.fromtimestamp(float(at), UTC),
            channel_id=channel_id,
            linked_id=linked_id,
            channel_name=name,
            hangup_cause=int(details["hangupcause"]) if "hangupcause" in details else None,
            hangup_source=str(details.get("hangupsource", "")),
            dial_status=str(details.get("dialstatus", "")),
        )
    except (ValueError, OverflowError, csv.Error):
        return None


def _details(extra: str) -> dict[str, Any]:
    """The last column is JSON or empty."""
    if not extra:
        return {}
    details = json.loads(extra)
    return details if isinstance(details, dict) else {}
