"""What people said: out of the switch's spool folder, into a folder of ours, under opaque names."""

from __future__ import annotations

import asyncio
import os
import re
import shutil
import wave
from collections.abc import Callable
from pathlib import Path

from ivr.errors import RecordingError, SpeechError

_NAME = re.compile(r"[0-9a-f]{32}\Z", re.ASCII)

SpokenSeconds = Callable[[Path], float]
"""Returns for how long there is something to hear in a sound file, 0 for silence; raises SpeechError."""


class SpoolRecordings:
    """Fills `Recordings` at an Asterisk whose spool folder we can read and write."""

    def __init__(self, spool: Path | None, folder: Path, spoken_seconds: SpokenSeconds) -> None:
        """Keep recordings in `folder`, made when missing; without a `spool` none can be taken."""
        self._spool = spool
        self._folder = folder
        self._spoken_seconds = spoken_seconds
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)

    async def take(self, name: str) -> float:
        """Move the recording out of the spool folder; only its owner may read it from then on."""
        return await asyncio.to_thread(self._take, name)

    async def keep(self, name: str) -> float:
        """Move the recording out of the spool folder, however much of it is silence; return its seconds."""
        return await asyncio.to_thread(self._keep, name)

    def file(self, name: str) -> Path:
        """Return its file; raises RecordingError for what is no name of a recording."""
        return self._folder / _file_name(name)

    async def drop(self, name: str) -> None:
        """Remove it from both folders."""
        for folder in (self._folder, self._spool):
            if folder is not None:
                await asyncio.to_thread((folder / _file_name(name)).unlink, missing_ok=True)

    def _take(self, name: str) -> float:
        try:
            return self._spoken_seconds(self._moved(name))
        except (OSError, SpeechError) as error:
            raise RecordingError(f"the recording {name} can't be kept: {error}") from error

    def _keep(self, name: str) -> float:
        try:
            with wave.open(str(self._moved(name))) as sound:
                frames, rate = sound.getnframes(), sound.getframerate()
        except (OSError, EOFError, wave.Error) as error:
            raise RecordingError(f"the recording {name} can't be kept: {error}") from error
        return float(frames / rate)

    def _moved(self, name: str) -> Path:
        """Return the file in our folder, where it is from now on."""
        kept = self.file(name)
        if not kept.exists():
            self._move(kept)
        return kept

    def _move(self, kept: Path) -> None:
        if self._spool is None:
            raise RecordingError(
                "recordings can't be fetched from this Asterisk; set `recording_folder` in [asterisk] to the"
                " folder where it records, as this machine sees it"
            )
        spooled, unfinished = self._spool / kept.name, kept.with_suffix(".part")
        unfinished.touch(mode=0o600)
        with spooled.open("rb") as source, unfinished.open("wb") as file:
            shutil.copyfileobj(source, file)
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(kept)
        spooled.unlink()


def _file_name(name: str) -> str:
    if not _NAME.match(name):
        raise RecordingError("this is no name of a recording; names come from the record node")
    return f"{name}.wav"
