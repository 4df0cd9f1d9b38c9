"""Find what was spoken, among the files of a speech cache."""

from __future__ import annotations

from pathlib import Path

from ivr.speech.speech import slow_name


def spoken(cache: Path, text: str) -> Path:
    """Return the sound of a text at the usual tempo; of several, which an older program may have left there,
    the newest."""
    words = [file for file in cache.glob("??/*.txt") if file.read_text("utf-8") == text]
    slow = {slow_name(file) for file in words}
    usual = [file for file in words if file.stem not in slow]
    return max(usual, key=lambda file: file.stat().st_mtime).with_suffix(".wav")


def spoken_slowly(cache: Path, text: str) -> Path:
    """Return the sound of a text for whoever can't follow the usual one."""
    usual = spoken(cache, text)
    name = slow_name(usual)
    return cache / name[:2] / f"{name}.wav"
