"""Several engines in an order: when one fails, the next one speaks."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path

import structlog

from ivr.errors import SpeechError
from ivr.speech.engine import SpeechEngine
from ivr.speech.health import check_health
from ivr.speech.voice import Voice

_log = structlog.get_logger(__name__)


class FallbackEngine:
    """A `SpeechEngine` that has others speak.

    An engine that failed comes last until it has passed a health check, which begins at once (the text may
    have been at fault) and again every `rest` seconds. Belongs to one event loop.
    """

    def __init__(self, engines: Sequence[SpeechEngine], rest: float = 30.0) -> None:
        """Take at least one engine, the first choice first; `rest` is in seconds."""
        self._engines = tuple(engines)
        self._rest = rest
        self._doubted: dict[SpeechEngine, asyncio.Task[None]] = {}

    def identities(self, voice: Voice) -> tuple[str, ...]:
        """Return those of all engines, in the order in which they would be asked now."""
        return tuple(identity for engine in self._in_order() for identity in engine.identities(voice))

    async def synthesize(self, text: str, voice: Voice, target: Path) -> str:
        """Have the first engine speak that can; raises SpeechError with what each had to say."""
        complaints = []
        for engine in self._in_order():
            try:
                return await engine.synthesize(text, voice, target)
            except SpeechError as error:
                complaints.append(str(error))
                _log.warning("a speech engine failed", error=str(error))
                self._doubt(engine, voice)
        raise SpeechError("; ".join(complaints))

    async def close(self) -> None:
        """Close all engines."""
        checks = tuple(self._doubted.values())
        for check in checks:
            check.cancel()
        await asyncio.gather(*checks, return_exceptions=True)
        for engine in self._engines:
            await engine.close()

    def _in_order(self) -> list[SpeechEngine]:
        return sorted(self._engines, key=lambda engine: engine in self._doubted)

    def _doubt(self, engine: SpeechEngine, voice: Voice) -> None:
        if engine not in self._doubted:
            self._doubted[engine] = asyncio.create_task(self._until_well(engine, voice))

    async def _until_well(self, engine: SpeechEngine, voice: Voice) -> None:
        try:
            while (complaint := await check_health(engine, voice)) is not None:
                _log.error("a speech engine is unwell", error=complaint)
                await asyncio.sleep(self._rest)
        finally:
            del self._doubted[engine]
