"""Engines to speak with: the real one where its library is, and one that hums."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Mapping
from ctypes.util import find_library
from pathlib import Path

import numpy as np
import pytest
import soundfile

from ivr.errors import SpeechError
from ivr.speech.pyttsx3_engine import Pyttsx3Engine
from ivr.speech.voice import Voice
from ivr.switch.layout import SwitchLayout
from ivr.switch.speech_library import install_espeak


class ToneEngine:
    """Hums instead of speaking, longer for longer texts; refuses the texts in `broken`."""

    def __init__(self, name: str = "tone") -> None:
        self.name = name
        self.spoken: list[str] = []
        self.broken: set[str] = set()
        self.closed = False

    def identities(self, voice: Voice) -> tuple[str]:
        return (f"{self.name}/{voice.language}/{voice.name}",)

    async def synthesize(self, text: str, voice: Voice, target: Path) -> str:
        self.spoken.append(text)
        if text in self.broken:
            raise SpeechError(f"{text!r} is broken")
        moments = np.arange(len(text) * 22050 // 15) / 22050
        soundfile.write(target, 0.3 * np.sin(2 * np.pi * 440 * moments), 22050)
        return self.identities(voice)[0]

    async def close(self) -> None:
        self.closed = True


@pytest.fixture
def tone_engine() -> ToneEngine:
    return ToneEngine()


@pytest.fixture(scope="session")
def espeak_environment() -> Mapping[str, str]:
    """Return where the speech library is: the machine's own, or the one `make` has unpacked."""
    root = SwitchLayout(Path(os.environ.get("IVR_HOME", ".ivr"))).espeak_root
    if find_library("espeak-ng") is None and not root.exists():
        pytest.skip("espeak-ng is not there; unpack it with `ivr asterisk install`, or install libespeak-ng1")
    return install_espeak(root, lambda *_: None).environment()


@pytest.fixture
async def pyttsx3_engine(espeak_environment: Mapping[str, str]) -> AsyncIterator[Pyttsx3Engine]:
    engine = Pyttsx3Engine(espeak_environment, timeout=30)
    yield engine
    await engine.close()
