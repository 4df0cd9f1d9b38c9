"""Segments become files that a call can play, ahead of the call where the words are known."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

import structlog

from ivr.errors import SpeechError
from ivr.prompts.segment import PAUSE, ClipSegment, JoinedSegment, Segment, TextSegment, as_speech
from ivr.speech.apology import apology
from ivr.speech.audio import join_telephone_audio, to_telephone_audio
from ivr.speech.cache import SpeechCache, cache_key
from ivr.speech.engine import SpeechEngine, beginning
from ivr.speech.render_queue import RenderQueue
from ivr.speech.slowing import slow_down
from ivr.speech.voice import Voice
from ivr.speech.whole_file import is_whole
from ivr.tempo import Tempo

_FORMAT = "2"
"""Part of every file's name; raise it when `audio` makes something else of the same sound."""
_log = structlog.get_logger(__name__)


class Speech:
    """Renders, caches and finds the sound of segments. Belongs to one event loop; close it at the end."""

    def __init__(
        self, engine: SpeechEngine, cache: SpeechCache, workers: int = 2, clips: Path | None = None
    ) -> None:
        """Speak with `engine`, at most `workers` texts at a time.

        `clips` has a folder per language with the clips that joined segments are made of; without it they
        are spoken.
        """
        self._engine = engine
        self._clips = clips
        self._cache = cache
        self._queue = RenderQueue(workers)

    async def prepare(self, segments: Iterable[Segment]) -> None:
        """Render what is not in the cache yet. What fails is logged, and tried again when it is played."""
        rendering = (self.render(segment) for segment in dict.fromkeys(segments))
        for result in await asyncio.gather(*rendering, return_exceptions=True):
            if isinstance(result, SpeechError):
                _log.error("speech could not be prepared", error=str(result))
            elif isinstance(result, BaseException):
                raise result

    async def render(self, segment: Segment) -> Path:
        """Return the segment's file, rendered behind what calls wait for; raises SpeechError.

        A recording that can't be played is logged, and its words are spoken.
        """
        try:
            return await self._file(segment, urgent=False)
        except SpeechError as error:
            if isinstance(segment, TextSegment):
                raise
            _log.error("recording can't be played, speaking instead", error=str(error))
            return await self._file(as_speech(segment), urgent=False)

    async def files(self, segments: Sequence[Segment]) -> list[Path]:
        """Return one file per segment, in order, rendered now and before all else if it is missing.

        Never fails and never leaves silence: a recording that can't be played is spoken instead, and for a
        text that can't be spoken an apology is played. Both are logged as errors.
        """
        return list(await asyncio.gather(*(self._file_or_apology(segment) for segment in segments)))

    async def instead(self, segment: Segment, failed: Sequence[Path]) -> Path | None:
        """Return what to play for a segment whose files could not be played, `failed` in the order they were.

        At first it is rendered anew, then an apology has to do; None when that can't be played either.
        """
        if len(failed) > 2:
            return None
        if len(failed) == 2:
            return apology(segment.language)
        self._cache.discard(failed[0])
        return await self._file_or_apology(segment)

    async def close(self) -> None:
        """Stop rendering and end the engine's processes."""
        await self._queue.close()
        await self._engine.close()

    async def _file_or_apology(self, segment: Segment) -> Path:
        try:
            return await self._file(segment, urgent=True)
        except SpeechError as error:
            if not isinstance(segment, TextSegment):
                _log.error("recording can't be played, speaking instead", error=str(error))
                return await self._file_or_apology(as_speech(segment))
            _log.error("text can't be spoken, playing an apology", error=str(error))
            return apology(segment.language)

    async def _file(self, segment: Segment, *, urgent: bool) -> Path:
        """Return the segment's file; raises SpeechError for whatever stands in the way."""
        try:
            if segment.tempo is Tempo.SLOW:
                return await self._slowed(segment, urgent=urgent)
            if isinstance(segment, TextSegment):
                return await self._spoken(segment, urgent=urgent)
            files = self._files_of(segment)
            key = cache_key(_FORMAT, segment.text, *(_version(file) for file in files))
            if path := self._kept(key, segment):
                return path
            return await self._queue.render(key, lambda: self._join(key, segment.text, files), urgent=urgent)
        except (SpeechError, OSError) as error:
            raise SpeechError(f"{_kind(segment)}, {beginning(segment.text)!r}: {error}") from error

    async def _spoken(self, segment: TextSegment, *, urgent: bool) -> Path:
        """Return the spoken text: for a call by whichever engine has said it, ahead of it by the best one."""
        who = self._engine.identities(Voice(segment.language, segment.voice))
        keys = [_key(segment, identity) for identity in who]
        for key in keys if urgent else keys[:1]:
            if path := self._kept(key, segment):
                return path
        return await self._queue.render(keys[0], lambda: self._speak(segment), urgent=urgent)

    async def _slowed(self, segment: Segment, *, urgent: bool) -> Path:
        """Return the segment said more slowly: the usual sound, whatever it came from, stretched."""
        usual = await self._file(replace(segment, tempo=Tempo.USUAL), urgent=urgent)
        key = slow_name(usual)
        if path := self._kept(key, segment):
            return path
        return await self._queue.render(key, lambda: self._stretch(key, segment.text, usual), urgent=urgent)

    def _kept(self, key: str, segment: Segment) -> Path | None:
        """Return what the cache has; a sound that was made before and can't be played any more is logged."""
        path = self._cache.find(key)
        if path is not None and is_whole(path):
            return path
        if path is not None or self._cache.lost(key):
            wrong = "is broken" if path is not None else "has gone"
            error = f"{_kind(segment)}, {beginning(segment.text)!r}: its sound {wrong}"
            _log.error("a sound that was made can't be played, making it anew", error=error)
        return None

    async def _speak(self, segment: TextSegment) -> Path:
        finished = self._cache.new_file()
        spoken = finished.with_suffix(".spoken.wav")
        voice = Voice(segment.language, segment.voice)
        try:
            who = await self._engine.synthesize(segment.pronounced or segment.text, voice, spoken)
            await asyncio.to_thread(to_telephone_audio, spoken, finished)
            return await asyncio.to_thread(self._cache.store, _key(segment, who), segment.text, finished)
        finally:
            spoken.unlink(missing_ok=True)

    async def _join(self, key: str, text: str, files: Sequence[Path | None]) -> Path:
        finished = self._cache.new_file()
        await asyncio.to_thread(join_telephone_audio, files, finished)
        return await asyncio.to_thread(self._cache.store, key, text, finished)

    async def _stretch(self, key: str, text: str, usual: Path) -> Path:
        finished = self._cache.new_file()
        await asyncio.to_thread(slow_down, usual, finished)
        return await asyncio.to_thread(self._cache.store, key, text, finished)

    def _files_of(self, segment: ClipSegment | JoinedSegment) -> list[Path | None]:
        """Return the recordings that make up a segment, None for a pause."""
        if isinstance(segment, ClipSegment):
            return [Path(segment.file)]
        if self._clips is None:
            raise SpeechError("there is no folder of clips")
        folder = self._clips / segment.language
        return [None if clip == PAUSE else folder / f"{clip}.wav" for clip in segment.clips]


def slow_name(usual: Path) -> str:
    """Return what the cache calls the slow sound that is made of this one."""
    return cache_key(_FORMAT, Tempo.SLOW, usual.stem)


def _key(segment: TextSegment, identity: str) -> str:
    return cache_key(_FORMAT, identity, segment.language, segment.pronounced or segment.text)


def _version(file: Path | None) -> str:
    """Return what changes with a recording; raises OSError when it is not there."""
    if file is None:
        return PAUSE
    status = file.stat()
    return f"{file} {status.st_mtime_ns} {status.st_size}"


def _kind(segment: Segment) -> str:
    match segment:
        case TextSegment():
            return "the text"
        case ClipSegment():
            return f"the recording {segment.file}"
        case JoinedSegment():
            return f"the clips {' '.join(segment.clips)}"
