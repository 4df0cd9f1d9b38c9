"""Find what was spoken, among the files of a speech cache."""

from __future__ import annotations

from pathlib import Path


def spoken(cache: Path, text: str) -> Path:
    """Return the sound of a text; of several, which an older program may have left there, the newest."""
    words = [file for file in cache.glob("??/*.txt") if file.read_text("utf-8") == text]
    return max(words, key=lambda file: file.stat().st_mtime).with_suffix(".wav")
