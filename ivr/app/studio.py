"""The studio: who may record prompts by telephone, and what becomes of what they record."""

from __future__ import annotations

import asyncio
import re
import stat
import tempfile
from pathlib import Path

import structlog

from ivr.app.content import content_in
from ivr.app.reception import check_reception
from ivr.engine.content_version import ContentFiles
from ivr.errors import ContentError
from ivr.settings import Settings, setting_problem
from ivr.sources.content_bundle import write_bundle
from ivr.speech.recording import convert_recording

log = structlog.get_logger()

_PIN = re.compile(r"[0-9]{6,12}\Z", re.ASCII)


class SettingsStudio:
    """Fills `Studio` by the settings."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    def pin(self) -> str | None:
        """Read the PIN anew each time, so that another one holds at once."""
        try:
            return read_pin(self._settings)
        except ContentError as error:
            log.error("the studio is closed", error=str(error))  # noqa: TRY400
            return None

    async def as_prompt(self, recording: Path) -> bytes:
        """Convert a recording as `ivr prompts import` does."""
        return await asyncio.to_thread(_converted, recording)

    async def check(self, files: ContentFiles) -> None:
        """Validate content as a whole."""
        await asyncio.to_thread(check_files, self._settings, files)


def read_pin(settings: Settings) -> str | None:
    """Return the studio's PIN, None where no file is named; raises ContentError where it can't be used."""
    file = settings.studio.pin_file
    if file is None:
        return None
    try:
        is_private = not stat.S_IMODE(file.stat().st_mode) & 0o077
        pin = file.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise _unusable(settings, f"{file} can't be read ({error})", "name a file that is there") from None
    if not is_private:
        raise _unusable(settings, f"others may read {file}", f"take that away: chmod 600 {file}")
    if not _PIN.match(pin):
        raise _unusable(settings, f"{file} holds no PIN", "write six to twelve digits into it")
    return pin


def check_files(settings: Settings, files: ContentFiles) -> None:
    """Raise ContentError with everything that keeps `files` from being published."""
    with tempfile.TemporaryDirectory(prefix="answerback-check-") as folder:
        check_reception(settings, content_in(settings, write_bundle(files, Path(folder))))


def _converted(recording: Path) -> bytes:
    with tempfile.TemporaryDirectory(prefix="answerback-take-") as folder:
        converted = Path(folder) / "prompt.wav"
        convert_recording(recording, converted)
        return converted.read_bytes()


def _unusable(settings: Settings, wrong: str, right: str) -> ContentError:
    return ContentError([setting_problem(settings, ("studio", "pin_file"), wrong, right)])
