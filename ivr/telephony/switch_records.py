"""What Asterisk's channel event log says of calls that ended while nobody listened."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
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


_MARGIN = timedelta(minutes=1)
"""How much older than asked records are looked at: two clocks may differ, and lines be out of order."""
_STARTING = timedelta(seconds=1)
"""After Asterisk's start before its log is taken for whole: its last run may have ended in that second."""


class CelRecords:
    """Fills `SwitchRecords` from a readable CEL file; without one nothing is ever known."""

    def __init__(self, client: AriClient, cel_file: Path | None, *, is_fenced: bool) -> None:
        """Unless earlier owners were cut off at the switch, a call may be dialled yet: no log shows a gap."""
        self._client = client
        self._file = cel_file
        self._is_fenced = is_fenced

    async def evidence(self, call_ids: Collection[str], since: datetime) -> Mapping[str, Evidence]:
        """Return what the log has about each call; its own `since` is when this run of Asterisk began."""
        if self._file is None:
            return {call_id: Evidence(None, was_dialled=False, report=None) for call_id in call_ids}
        info = await self._client.send(requests.asterisk_info())
        await asyncio.sleep(_SETTLING_SECONDS)
        found = await asyncio.to_thread(_records_of, self._file, frozenset(call_ids), since - _MARGIN)
        began = info.started_at + _STARTING if self._is_fenced else None
        return {call_id: evidence_of(call_id, found.get(call_id, ()), began) for call_id in call_ids}


def evidence_of(call_id: str, records: Iterable[CelRecord], since: datetime | None) -> Evidence:
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


def _records_of(file: Path, call_ids: Collection[str], since: datetime) -> Mapping[str, Sequence[CelRecord]]:
    """Read the log once for all calls."""
    found: defaultdict[str, list[CelRecord]] = defaultdict(list)
    for record in read_cel(file, since):
        if record.channel_id in call_ids:
            found[record.channel_id].append(record)
    return found
