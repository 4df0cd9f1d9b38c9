"""What a speech engine has to do."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from ivr.speech.voice import Voice


class SpeechEngine(Protocol):
    """Turns text into sound. May be asked for several texts at once."""

    def identities(self, voice: Voice) -> Sequence[str]:
        """Return who may speak with `voice`, first choice first: engine, version, own voice and settings.

        Of one identity, a text always sounds alike.
        """
        ...

    async def synthesize(self, text: str, voice: Voice, target: Path) -> str:
        """Write `text`, spoken, to `target`, an absolute path, and return the identity of who spoke.

        It is a WAV file of any rate, and there complete or not at all.

        Raises SpeechError, with the text's beginning, when that fails or takes too long.
        """
        ...

    async def close(self) -> None:
        """End every process that was started; the engine may be used again."""
        ...


def beginning(text: str) -> str:
    """Return as much of `text` as tells people which one it is."""
    return text if len(text) <= 40 else f"{text[:39]}…"
