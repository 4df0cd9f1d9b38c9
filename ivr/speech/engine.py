"""What a speech engine has to do."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol


class SpeechEngine(Protocol):
    """Turns text into sound. May be asked for several texts at once."""

    def identity(self, language: str) -> str:
        """Return engine, version, voice and settings for `language`.

        Of one identity, a text always sounds alike.
        """
        ...

    async def synthesize(self, text: str, language: str, target: Path) -> None:
        """Write `text`, spoken, to `target`, an absolute path.

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
