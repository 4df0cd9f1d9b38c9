"""What is played when a text can't be spoken: a sound that comes with the package and needs no engine."""

from __future__ import annotations

from pathlib import Path

from ivr.prompts.languages import DEFAULT_LANGUAGE

_FOLDER = Path(__file__).with_name("apologies")


def apology(language: str) -> Path:
    """Return the apology in `language`, in English where there is none; `text_of` tells its words."""
    path = _FOLDER / f"{language}.wav"
    return path if path.exists() else _FOLDER / f"{DEFAULT_LANGUAGE}.wav"
