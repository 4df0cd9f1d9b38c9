"""Is a speech engine well: can it say a word that can be heard?"""

from __future__ import annotations

import asyncio
import tempfile
from pathlib import Path

from ivr.errors import SpeechError
from ivr.speech.audio import to_telephone_audio
from ivr.speech.engine import SpeechEngine
from ivr.speech.voice import Voice

_WORD = "1"
"""A word in every language."""


async def check_health(engine: SpeechEngine, voice: Voice) -> str | None:
    """Return None when the engine speaks with `voice`, else what is wrong, in a clause."""
    with tempfile.TemporaryDirectory(prefix="answerback-") as folder:
        spoken = Path(folder) / "spoken.wav"
        try:
            await engine.synthesize(_WORD, voice, spoken)
            await asyncio.to_thread(to_telephone_audio, spoken, Path(folder) / "heard.wav")
        except (SpeechError, OSError) as error:
            return str(error)
    return None
