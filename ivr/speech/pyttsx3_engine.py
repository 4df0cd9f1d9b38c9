"""Speech by pyttsx3 on espeak-ng."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.metadata import version
from pathlib import Path
from types import MappingProxyType

from ivr.errors import SpeechError
from ivr.speech.engine import beginning
from ivr.speech.speaker_process import SpeakerProcess
from ivr.speech.voice import Voice, engine_voice

VOICES: Mapping[str, str] = MappingProxyType({"en": "en-us", "es": "es-419", "fr": "fr"})
"""The espeak-ng voice of each language; another language's own code is a voice, too."""

_GRACE_SECONDS = 2.0
"""Beyond an utterance's own time limit, for the process to report it."""


class Pyttsx3Engine:
    """A `SpeechEngine`: each utterance is spoken by a process of its own.

    Speaking processes are kept between utterances, as many as were ever needed at once. An engine belongs to
    one event loop.
    """

    def __init__(
        self,
        environment: Mapping[str, str],
        *,
        voices: Mapping[str, str] = VOICES,
        words_per_minute: int = 165,
        timeout: float = 5.0,
    ) -> None:
        """Take the whole environment of the speaking processes.

        `LD_LIBRARY_PATH` and `ESPEAK_DATA_PATH` in it say where espeak-ng is, if not where the system has it.
        `timeout` is in seconds and for one utterance.
        """
        self._environment = environment
        self._voices = voices
        self._words_per_minute = words_per_minute
        self._timeout = timeout
        self._version = version("pyttsx3")
        self._idle: list[SpeakerProcess] = []

    def identities(self, voice: Voice) -> tuple[str]:
        """Return for example `pyttsx3-2.99/en-us/165`."""
        own = engine_voice(self._voices, voice)
        return (f"pyttsx3-{self._version}/{own}/{self._words_per_minute}",)

    async def synthesize(self, text: str, voice: Voice, target: Path) -> str:
        """Speak `text` to the WAV file `target`; raises SpeechError with the text's beginning."""
        request = {
            "text": text,
            "voice": engine_voice(self._voices, voice),
            "words_per_minute": self._words_per_minute,
            "target": str(target),
            "seconds": self._timeout,
        }
        try:
            speaker = await self._free_speaker()
            try:
                await speaker.ask(request, self._timeout + _GRACE_SECONDS)
            finally:
                if speaker.is_alive:
                    self._idle.append(speaker)
        except (SpeechError, OSError) as error:
            why = "nothing came in time" if isinstance(error, TimeoutError) else error
            raise SpeechError(f"{beginning(text)!r} could not be spoken: {why}") from error
        finally:
            target.with_name(target.name + ".part").unlink(missing_ok=True)
        return self.identities(voice)[0]

    async def close(self) -> None:
        """End the speaking processes."""
        while self._idle:
            await self._idle.pop().kill()

    async def _free_speaker(self) -> SpeakerProcess:
        while self._idle:
            speaker = self._idle.pop()
            if speaker.is_alive:
                return speaker
        return await SpeakerProcess.start(self._environment)
