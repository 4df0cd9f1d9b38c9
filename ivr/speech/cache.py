"""Sound files by what is on them, shared by all processes of one machine.

`ab/abcdef….wav` holds the sound and `ab/abcdef….txt` the words, so that what was played can be told from the
file alone. A file's modification time says when it was last asked for.
"""

from __future__ import annotations

import hashlib
import json
import os
import threading
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from ivr.clock import Clock, utc_now

_KEPT_AFTER_USE = timedelta(hours=1)
"""A file asked for this recently may be on a line now, or about to be."""
_UNFINISHED = "unfinished"


def cache_key(*parts: str) -> str:
    """Return the name of the sound that is told by all `parts` together."""
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


def text_of(path: Path) -> str:
    """Return the words that are on a file of a cache; raises FileNotFoundError for any other file."""
    return path.with_suffix(".txt").read_text(encoding="utf-8")


@dataclass(frozen=True, slots=True)
class _Entry:
    path: Path
    size: int
    used_at: float


class SpeechCache:
    """A folder of bounded size. Its methods block for the disk and may be called from any thread."""

    def __init__(self, folder: Path, max_bytes: int = 2 * 1024**3, clock: Clock = utc_now) -> None:
        """Use `folder`, made when missing; beyond `max_bytes`, what was not asked for longest goes first."""
        self._folder = folder.absolute()
        self._max_bytes = max_bytes
        self._clock = clock
        self._lock = threading.Lock()
        self._until_sweep = 0
        (folder / _UNFINISHED).mkdir(parents=True, exist_ok=True)

    def find(self, key: str) -> Path | None:
        """Return the sound called `key`, which then stays for an hour at least, or None."""
        path = self._path(key)
        now = self._now()
        try:
            os.utime(path, (now, now))
        except FileNotFoundError:
            return None
        return path

    def lost(self, key: str) -> bool:
        """Say whether the sound called `key` is gone and its words are still there: no sweep leaves that."""
        path = self._path(key)
        return not path.exists() and path.with_suffix(".txt").exists()

    def discard(self, path: Path) -> None:
        """Take a sound that can't be played out of the cache, with its words; any other file stays."""
        if path.is_relative_to(self._folder):
            path.with_suffix(".txt").unlink(missing_ok=True)
            path.unlink(missing_ok=True)

    def new_file(self) -> Path:
        """Return a path for a file in the making, on the same disk as the cache."""
        return self._folder / _UNFINISHED / f"{uuid.uuid4().hex}.wav"

    def store(self, key: str, text: str, sound: Path) -> Path:
        """Move the finished file `sound`, with `text` on it, into the cache and return its place.

        When another process was first, the later one replaces it: both have the same sound.
        """
        path = self._path(key)
        path.parent.mkdir(exist_ok=True)
        words = sound.with_suffix(".txt")
        words.write_text(text, encoding="utf-8")
        size = sound.stat().st_size
        now = self._now()
        os.utime(sound, (now, now))
        words.replace(path.with_suffix(".txt"))
        sound.replace(path)  # last: a sound is never there without its words
        self._sweep_now_and_then(size)
        return path

    def _path(self, key: str) -> Path:
        return self._folder / key[:2] / f"{key}.wav"

    def _now(self) -> float:
        return self._clock().timestamp()

    def _sweep_now_and_then(self, added: int) -> None:
        """Sweep at the first file, and whenever this process has added a twentieth of what may be kept."""
        with self._lock:
            self._until_sweep -= added
            if self._until_sweep > 0:
                return
            self._until_sweep = self._max_bytes // 20
        self._sweep()

    def _sweep(self) -> None:
        newest_to_go = self._now() - _KEPT_AFTER_USE.total_seconds()
        for entry in _entries(self._folder.glob(f"{_UNFINISHED}/*")):
            if entry.used_at < newest_to_go:
                entry.path.unlink(missing_ok=True)
        entries = sorted(_entries(self._folder.glob("??/*.wav")), key=lambda entry: entry.used_at)
        too_much = sum(entry.size for entry in entries) - self._max_bytes
        for entry in entries:
            if too_much <= 0 or entry.used_at >= newest_to_go:
                return
            if _used_at(entry.path) != entry.used_at:
                continue  # another process has found it since, or was quicker to remove it
            too_much -= entry.size
            entry.path.with_suffix(".txt").unlink(missing_ok=True)
            entry.path.unlink(missing_ok=True)  # last: who misses the sound will write both anew


def _used_at(path: Path) -> float | None:
    try:
        return path.stat().st_mtime
    except FileNotFoundError:
        return None


def _entries(paths: Iterator[Path]) -> Iterator[_Entry]:
    for path in paths:
        try:
            status = path.stat()
        except FileNotFoundError:  # another process was quicker
            continue
        yield _Entry(path, status.st_size, status.st_mtime)
