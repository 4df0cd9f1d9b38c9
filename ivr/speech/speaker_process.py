"""One running `pyttsx3_speaker`: asked for one utterance at a time, killed when it does not answer."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import signal
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Self

from ivr.errors import SpeechError

_SCRIPT = Path(__file__).with_name("pyttsx3_speaker.py")
_START_SECONDS = 20.0
"""Importing takes 0.1 s on a machine at rest."""


class SpeakerProcess:
    """Talks JSON lines with the process. Drop it when it is no longer alive."""

    def __init__(self, process: Process) -> None:
        self._process = process

    @classmethod
    async def start(cls, environment: Mapping[str, str]) -> Self:
        """Start a process in `environment`; raises SpeechError when it can't load the speech library."""
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-P",  # else the files beside the script would hide modules of the standard library
            str(_SCRIPT),
            stdin=PIPE,
            stdout=PIPE,
            stderr=DEVNULL,
            env=dict(environment),
            start_new_session=True,
        )
        speaker = cls(process)
        try:
            await speaker._answer(_START_SECONDS)
        except BaseException:
            await speaker.kill()
            raise
        return speaker

    @property
    def is_alive(self) -> bool:
        """Whether it can be asked again."""
        return self._process.returncode is None

    async def ask(self, request: Mapping[str, Any], seconds: float) -> None:
        """Have one utterance made; raises SpeechError with the reason.

        Raises TimeoutError after `seconds`, and ends the process: it is not to be trusted any more.
        """
        writer = self._process.stdin
        try:
            if writer is None or writer.is_closing():
                raise SpeechError("the speaking process is gone")
            writer.write(json.dumps(request).encode() + b"\n")
            await self._answer(seconds)
        except (TimeoutError, OSError, asyncio.CancelledError):
            await self.kill()
            raise

    async def _answer(self, seconds: float) -> None:
        reader = self._process.stdout
        line = b""
        if reader is not None:
            async with asyncio.timeout(seconds):
                line = await reader.readline()
        try:
            error = json.loads(line)["error"]
        except (ValueError, KeyError, TypeError):
            await self.kill()
            raise SpeechError("the speaking process gave no answer") from None
        if error is not None:
            raise SpeechError(str(error))

    async def kill(self) -> None:
        """End the process and the child it may be waiting for."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        if self._process.stdin is not None:
            self._process.stdin.close()
        await self._process.wait()
