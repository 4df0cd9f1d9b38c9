"""The speech that the settings ask for, of one data folder."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import Path

from ivr.settings import Settings
from ivr.speech.build_speech import build_engine, build_speech
from ivr.speech.engine import SpeechEngine
from ivr.speech.speech import Speech
from ivr.switch.install import SYSTEM_ROOT
from ivr.switch.layout import SwitchLayout
from ivr.switch.speech_library import install_espeak


def speech_of(settings: Settings) -> Speech:
    """Return speech, to be closed at its end.

    Raises InstallError when espeak-ng is needed and can't be had.
    """
    clips = core_sounds(settings.home)
    return build_speech(settings.speech, settings.home / "speech", partial(_espeak, settings.home), clips)


def engines_of(settings: Settings) -> dict[str, SpeechEngine]:
    """Return each engine by its name, in fall-back order, to ask how it is."""
    espeak = partial(_espeak, settings.home)
    return {name: build_engine(settings.speech, name, espeak) for name in settings.speech.engines}


def core_sounds(home: Path) -> Path | None:
    """Return the folder of Asterisk's own clips, one folder per language below it; None without any."""
    found = (root / "usr/share/asterisk/sounds" for root in (SwitchLayout(home).asterisk_root, SYSTEM_ROOT))
    return next((folder for folder in found if folder.is_dir()), None)


def _espeak(home: Path) -> Mapping[str, str]:
    return install_espeak(SwitchLayout(home).espeak_root, lambda *_: None).environment()
