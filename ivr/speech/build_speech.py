"""The speech that the settings ask for."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from pathlib import Path

from ivr.speech.cache import SpeechCache
from ivr.speech.engine import SpeechEngine
from ivr.speech.external_engine import ExternalEngine
from ivr.speech.fallback_engine import FallbackEngine
from ivr.speech.pyttsx3_engine import Pyttsx3Engine
from ivr.speech.speech import Speech
from ivr.speech.speech_settings import PYTTSX3, SpeechSettings

EspeakEnvironment = Callable[[], Mapping[str, str]]
"""Gives the environment in which espeak-ng is found, fetching it when it must; asked only if it is used."""


def build_speech(
    settings: SpeechSettings, folder: Path, espeak: EspeakEnvironment, clips: Path | None
) -> Speech:
    """Return speech that keeps its sound in `folder` and takes the clips of slots from `clips`.

    Raises InstallError when espeak-ng is needed and can't be had.
    """
    engines = [build_engine(settings, name, espeak) for name in settings.engines]
    engine = engines[0] if len(engines) == 1 else FallbackEngine(engines)
    cache = SpeechCache(folder, settings.cache_megabytes * 1024**2)
    return Speech(engine, cache, settings.workers, clips)


def build_engine(settings: SpeechSettings, name: str, espeak: EspeakEnvironment) -> SpeechEngine:
    """Return the engine of this name, one of `settings.engines`."""
    if name == PYTTSX3:
        own = settings.pyttsx3
        return Pyttsx3Engine(
            espeak(),
            voices=own.voices,
            words_per_minute=own.words_per_minute,
            timeout=own.timeout_seconds,
        )
    command = settings.external[name]
    return ExternalEngine(
        name, command.command, os.environ, voices=command.voices, timeout=command.timeout_seconds
    )
