"""SIPp as everybody who is called."""

from __future__ import annotations

import asyncio
import csv
import subprocess
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from ivr.switch.ports import LOOPBACK

SCENARIO = Path(__file__).parent / "answer_and_press.xml"
LONGEST_CALL = 25.0
"""Seconds; with every time-out of the scenario no call lives longer."""
_REPORT_SECONDS = 1
_MOST_CALLS = 5_000
"""At once."""


@dataclass(frozen=True, slots=True)
class Answered:
    """What SIPp counted: calls that went as written, and calls that did not."""

    succeeded: int
    failed: int


class CalledParty:
    """A running SIPp."""

    def __init__(self, process: subprocess.Popen[bytes], statistics: Path) -> None:
        self._process = process
        self._statistics = statistics

    @property
    def pid(self) -> int:
        """The process."""
        return self._process.pid

    def counts(self) -> Answered:
        """Return the counts of the last whole second; raises RuntimeError when SIPp has ended."""
        if self._process.poll() is not None:
            raise RuntimeError(f"SIPp ended with status {self._process.returncode}")
        if not self._statistics.exists():
            return Answered(0, 0)
        with self._statistics.open(newline="") as file:
            rows = [row for row in csv.DictReader(file, delimiter=";") if row.get("FailedCall(C)")]
        if not rows:
            return Answered(0, 0)
        return Answered(int(rows[-1]["SuccessfulCall(C)"]), int(rows[-1]["FailedCall(C)"]))

    async def settled(self, calls: int) -> Answered:
        """Return the counts once `calls` calls have ended, or when none can be alive any more."""
        loop = asyncio.get_running_loop()
        until = loop.time() + LONGEST_CALL
        counted = self.counts()
        while counted.succeeded + counted.failed < calls and loop.time() < until:
            await asyncio.sleep(_REPORT_SECONDS / 2)
            counted = self.counts()
        return counted


@asynccontextmanager
async def called_party(sipp: Sequence[str], port: int, folder: Path) -> AsyncIterator[CalledParty]:
    """Keep a SIPp answering at `port` of the loopback while the context lasts; its files go to `folder`."""
    statistics = folder / "sipp.csv"
    command = [
        *sipp,
        *("-sf", str(SCENARIO), "-i", LOOPBACK, "-mi", LOOPBACK, "-p", str(port)),
        *("-l", str(_MOST_CALLS), "-trace_stat", "-stf", str(statistics), "-fd", str(_REPORT_SECONDS)),
        *("-trace_err", "-error_file", str(folder / "sipp-errors.log"), "-nostdin"),
    ]
    with subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=folder
    ) as process:
        try:
            await asyncio.sleep(0.3)
            yield CalledParty(process, statistics)
        finally:
            process.kill()
