"""Segments become files that a call can play, ahead of the call where the words are known."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from pathlib import Path

import structlog

from ivr.errors import SpeechError
from ivr.prompts.segment import ClipSegment, Segment, TextSegment
from ivr.speech.apology import apology
from ivr.speech.audio import to_telephone_audio
from ivr.speech.cache import SpeechCache, cache_key
from ivr.speech.engine import SpeechEngine, beginning
from ivr.speech.render_queue import RenderQueue

_FORMAT = "1"
"""Part of every file's name; raise it when `audio` makes something else of the same sound."""
_log = structlog.get_logger(__name__)


class Speech:
    """Renders, caches and finds the sound of segments. Belongs to one event loop; close it at the end."""

    def __init__(self, engine: SpeechEngine, cache: SpeechCache, workers: int = 2) -> None:
        """Speak with `engine`, at most `workers` texts at a time."""
        self._engine = engine
        self._cache = cache
        self._queue = RenderQueue(workers)

    async def prepare(self, segments: Iterable[Segment]) -> None:
        """Render what is not in the cache yet. What fails is logged, and tried again when it is played."""
        rendering = (self._file(segment, urgent=False) for segment in dict.fromkeys(segments))
        for result in await asyncio.gather(*rendering, return_exceptions=True):
            if isinstance(result, SpeechError):
                _log.error("speech could not be prepared", error=str(result))
            elif isinstance(result, BaseException):
                raise result

    async def files(self, segments: Sequence[Segment]) -> list[Path]:
        """Return one file per segment, in order, rendered now and before all else if it is missing.

        Never fails and never leaves silence: a recording that can't be played is spoken instead, and for a
        text that can't be spoken an apology is played. Both are logged as errors.
        """
        return list(await asyncio.gather(*(self._file_or_apology(segment) for segment in segments)))

    async def close(self) -> None:
        """Stop rendering and end the engine's processes."""
        await self._queue.close()
        await self._engine.close()

    async def _file_or_apology(self, segment: Segment) -> Path:
        try:
            return await self._file(segment, urgent=True)
        except SpeechError as error:
            if isinstance(segment, ClipSegment):
                _log.error("recording can't be played, speaking instead", error=str(error))
                return await self._file_or_apology(TextSegment(segment.text, segment.language))
            _log.error("text can't be spoken, playing an apology", error=str(error))
            return apology(segment.language)

    async def _file(self, segment: Segment, *, urgent: bool) -> Path:
        """Return the segment's file; raises SpeechError for whatever stands in the way."""
        try:
            key = self._key(segment)
            if path := self._cache.find(key):
                return path
            return await self._queue.render(key, lambda: self._render(key, segment), urgent=urgent)
        except (SpeechError, OSError) as error:
            what = f"the recording {segment.file}" if isinstance(segment, ClipSegment) else "the text"
            raise SpeechError(f"{what}, {beginning(segment.text)!r}: {error}") from error

    def _key(self, segment: Segment) -> str:
        if isinstance(segment, TextSegment):
            identity = self._engine.identity(segment.language)
            return cache_key(_FORMAT, identity, segment.language, segment.text)
        status = Path(segment.file).stat()
        return cache_key(_FORMAT, str(segment.file), f"{status.st_mtime_ns} {status.st_size}", segment.text)

    async def _render(self, key: str, segment: Segment) -> Path:
        finished = self._cache.new_file()
        spoken = finished.with_suffix(".spoken.wav")
        try:
            if isinstance(segment, TextSegment):
                await self._engine.synthesize(segment.text, segment.language, spoken)
            source = spoken if isinstance(segment, TextSegment) else Path(segment.file)
            await asyncio.to_thread(to_telephone_audio, source, finished)
            return await asyncio.to_thread(self._cache.store, key, segment.text, finished)
        finally:
            spoken.unlink(missing_ok=True)
