"""The engine as a process of its own: started, killed, stopped; its log read."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from ivr.clock import utc_now

REPOSITORY = Path(__file__).parent.parent.parent
LEADS = "this engine leads"
_LOOK_AGAIN = 0.02


@dataclass(frozen=True, slots=True)
class EngineLog:
    """What an engine wrote down."""

    file: Path

    def events(self) -> Iterator[Mapping[str, str]]:
        """Yield its events so far, oldest first; a line that is not whole yet is left out."""
        text = self.file.read_text("utf-8") if self.file.exists() else ""
        for line in text.splitlines(keepends=True):
            if line.startswith("{") and line.endswith("\n"):
                yield json.loads(line)

    def moments(self, event: str, **details: str) -> list[datetime]:
        """Return when an event with these details was logged."""
        return [
            datetime.fromisoformat(found["timestamp"])
            for found in self.events()
            if found["event"] == event and details.items() <= found.items()
        ]

    def tail(self, lines: int = 15) -> str:
        """Return the last lines."""
        text = self.file.read_text("utf-8") if self.file.exists() else ""
        return "\n".join(text.splitlines()[-lines:])


class EngineProcess:
    """One life of an engine."""

    def __init__(
        self,
        home: Path,
        log: Path,
        settings: Mapping[str, str],
        grace: float = 20,
        program: Sequence[str] = ("ivr",),
        config: Path = REPOSITORY / "config/ivr.toml",
    ) -> None:
        """`settings` are `IVR_*` variables, which win over `config`; the data folder is `home`.

        `program` is a module and its words.
        """
        self.home = home
        self.log = EngineLog(log)
        self._complaints = log.with_suffix(".stderr")
        self.started_at = utc_now()
        command = [sys.executable, "-m", *program, "--config", str(config)]
        command += ["run", "--log", str(log), "--grace", str(grace)]
        with self._complaints.open("wb") as complaints:
            self._process = subprocess.Popen(
                command,
                cwd=REPOSITORY,
                env={**os.environ, **settings, "IVR_HOME": str(home)},
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=complaints,
            )

    @property
    def pid(self) -> int:
        """The process id."""
        return self._process.pid

    def leads_within(self, seconds: float) -> None:
        """Return once it leads; AssertionError when it ends before, or takes too long."""
        self.logs_within(LEADS, seconds)

    def logs_within(self, event: str, seconds: float, **details: str) -> datetime:
        """Return the moment of the first such event once it is in the log; AssertionError when none comes."""
        deadline = time.monotonic() + seconds
        while not (moments := self.log.moments(event, **details)):
            assert self._process.poll() is None, f"the engine ended by itself: {self.last_words()}"
            assert time.monotonic() < deadline, f"no {event!r} in {seconds} s: {self.last_words()}"
            time.sleep(_LOOK_AGAIN)
        return moments[0]

    def kill(self) -> None:
        """Kill it with -9 and return when it is dead."""
        self._process.kill()
        self._process.wait()

    def dies_within(self, seconds: float) -> None:
        """Return once it has been killed with -9 by itself; AssertionError when it was not."""
        assert self.ends_within(seconds) == -signal.SIGKILL, self.last_words()

    def pause(self) -> None:
        """Stop the process where it stands, but not with the database's write lock in its hand.

        With that it would keep everybody else from the database for as long as it sleeps: another matter.
        """
        deadline = time.monotonic() + 30
        while True:
            os.kill(self.pid, signal.SIGSTOP)
            if self._all_stand_still() and self._others_can_write():
                return
            self.resume()
            assert time.monotonic() < deadline, "the engine never let go of the database"
            time.sleep(_LOOK_AGAIN)

    def _all_stand_still(self) -> bool:
        """Whether every thread has stopped; the signal takes a moment to reach them."""
        for _ in range(100):
            threads = Path(f"/proc/{self.pid}/task").glob("*/stat")
            if all(thread.read_text().rpartition(")")[2].split()[0] == "T" for thread in threads):
                return True
            time.sleep(0.01)
        return False

    def _others_can_write(self) -> bool:
        database = sqlite3.connect(self.home / "ivr.db", timeout=0.5, isolation_level=None)
        with closing(database):
            try:
                database.execute("BEGIN IMMEDIATE")
                database.execute("ROLLBACK")
            except sqlite3.OperationalError:
                return False
        return True

    def resume(self) -> None:
        """Let it go on as if nothing had happened."""
        os.kill(self.pid, signal.SIGCONT)

    def is_told(self, number: signal.Signals) -> None:
        """Send it a signal."""
        self._process.send_signal(number)

    def ends_within(self, seconds: float) -> int:
        """Return its exit status once it has ended; AssertionError when it goes on."""
        try:
            return self._process.wait(seconds)
        except subprocess.TimeoutExpired:
            raise AssertionError(f"the engine did not end in {seconds} s: {self.last_words()}") from None

    @property
    def is_alive(self) -> bool:
        """Whether the process is there."""
        return self._process.poll() is None

    def last_words(self) -> str:
        """Return the end of what it said and logged."""
        return f"{self._complaints.read_text('utf-8', 'replace')[-2000:]}\n{self.log.tail()}"
