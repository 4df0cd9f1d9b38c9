"""What Asterisk's channel event log says of calls that ended while nobody listened."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from ivr.ari import requests
from ivr.ari.client import AriClient
from ivr.calls.call_report import CallReport
from ivr.calls.call_result import CallResult
from ivr.calls.hangup_cause import HangupCause
from ivr.engine.world import Evidence
from ivr.switch.cel import CelEvent, CelRecord, read_cel
from ivr.telephony.cause_map import unanswered_result

_SETTLING_SECONDS = 1.0
"""How long Asterisk may take to write an event down; the log is read after this."""


class CelRecords:
    """Fills `SwitchRecords` from a readable CEL file; without one nothing is ever known."""

    def __init__(self, client: AriClient, cel_file: Path | None) -> None:
        self._client = client
        self._file = cel_file

    async def evidence(self, call_id: str) -> Evidence:
        """Return what the log has about a call; `since` is when this run of Asterisk began."""
        if self._file is None:
            return Evidence(None, was_dialled=False, report=None)
        info = await self._client.send(requests.asterisk_info())
        await asyncio.sleep(_SETTLING_SECONDS)
        records = await asyncio.to_thread(_records_of, self._file, call_id)
        return evidence_of(call_id, records, info.started_at)


def evidence_of(call_id: str, records: Iterable[CelRecord], since: datetime) -> Evidence:
    """Fold a call's records, oldest first, into evidence."""
    at = {record.event: record for record in records}
    start, end = at.get(CelEvent.CHAN_START), at.get(CelEvent.CHAN_END) or at.get(CelEvent.HANGUP)
    if start is None:
        return Evidence(since, was_dialled=bool(at), report=None)
    if end is None:
        return Evidence(since, was_dialled=True, report=None)
    answer, hangup = at.get(CelEvent.ANSWER), at.get(CelEvent.HANGUP)
    cause = HangupCause(hangup.hangup_cause or 0 if hangup else 0, "")
    result = CallResult.ANSWERED if answer else unanswered_result(cause, alerted=True)
    report = CallReport(
        call_id=call_id,
        result=result,
        cause=cause,
        started_at=start.at,
        ended_at=end.at,
        answered_at=answer.at if answer else None,
    )
    return Evidence(since, was_dialled=True, report=report)


def _records_of(file: Path, call_id: str) -> list[CelRecord]:
    return [record for record in read_cel(file) if record.channel_id == call_id]
