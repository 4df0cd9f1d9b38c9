"""Speech by any command: text on its standard input, a WAV file from it."""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import os
import signal
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import Mapping, Sequence
from pathlib import Path

import soundfile

from ivr.errors import SpeechError
from ivr.speech.engine import beginning
from ivr.speech.voice import Voice, engine_voice

OUTPUT = "{output}"
"""Stands in the command for the file it has to write; without it, the sound comes from standard output."""
VOICE = "{voice}"
"""Stands in the command for the engine's own name of the voice."""


class ExternalEngine:
    """A `SpeechEngine`: one process per utterance, ended with all its children when it takes too long."""

    def __init__(
        self,
        name: str,
        command: Sequence[str],
        environment: Mapping[str, str],
        *,
        voices: Mapping[str, str],
        timeout: float,
    ) -> None:
        """Take a command and its arguments, which no shell reads; `timeout` in seconds for one utterance."""
        self._name = name
        self._command = tuple(command)
        self._environment = environment
        self._voices = voices
        self._timeout = timeout
        self._running: set[Process] = set()

    def identities(self, voice: Voice) -> tuple[str]:
        """Return for example `piper/3f2a…/es_MX-claude`: the middle tells the command line."""
        command = hashlib.sha256("\0".join(self._command).encode()).hexdigest()[:12]
        return (f"{self._name}/{command}/{engine_voice(self._voices, voice)}",)

    async def synthesize(self, text: str, voice: Voice, target: Path) -> str:
        """Have `text` spoken to the WAV file `target`; raises SpeechError with the text's beginning."""
        unfinished = target.with_name(target.name + ".part")
        try:
            await self._run(text, voice, unfinished)
            await asyncio.to_thread(_check_sound, unfinished)
            unfinished.replace(target)
        except (SpeechError, OSError) as error:
            why = f"nothing came in {self._timeout:g} s" if isinstance(error, TimeoutError) else error
            raise SpeechError(f"{beginning(text)!r} could not be spoken by {self._name}: {why}") from error
        finally:
            unfinished.unlink(missing_ok=True)
        return self.identities(voice)[0]

    async def close(self) -> None:
        """End every command that is running."""
        for process in tuple(self._running):
            await _end(process)

    async def _run(self, text: str, voice: Voice, output: Path) -> None:
        own = engine_voice(self._voices, voice)
        arguments = [part.replace(VOICE, own).replace(OUTPUT, str(output)) for part in self._command]
        writes_file = any(OUTPUT in part for part in self._command)
        with contextlib.ExitStack() as stack:
            sound = DEVNULL if writes_file else stack.enter_context(output.open("wb"))
            process = await asyncio.create_subprocess_exec(
                *arguments,
                stdin=PIPE,
                stdout=sound,
                stderr=PIPE,
                env=dict(self._environment),
                start_new_session=True,
            )
        self._running.add(process)
        try:
            async with asyncio.timeout(self._timeout):
                _, complaint = await process.communicate(text.encode())
        finally:
            await _end(process)
            self._running.discard(process)
        if process.returncode:
            last = complaint.decode(errors="replace").strip().rpartition("\n")[2][-200:]
            raise SpeechError(last or f"it ended with status {process.returncode}")


def _check_sound(file: Path) -> None:
    try:
        frames = soundfile.info(file).frames
    except (soundfile.LibsndfileError, OSError):
        raise SpeechError("what came is no WAV file") from None
    if not frames:
        raise SpeechError("what came holds no sound")


async def _end(process: Process) -> None:
    """End the process and all it started; one that has ended may have left children behind."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    await process.wait()
