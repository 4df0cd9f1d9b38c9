"""Which playback belongs to which speech of a call, and whether each of its files was really heard."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import count
from pathlib import Path
from uuid import uuid4

from ivr.engine.telephony import SpeechBroke

_BYTES_PER_SECOND = 16_000
"""Of a telephone prompt: 8 kHz, 16 bits."""
_LEAST_SECONDS = 0.1
"""No prompt is shorter; a file that can't be played is over within a few milliseconds."""


@dataclass(slots=True)
class _Playback:
    """One list of files on the line."""

    say_id: int
    files: Sequence[Path]
    seconds: Sequence[float]
    """How long each of them takes."""
    position: int = 0
    began_at: datetime | None = None
    """When the file at `position` began; None before that was told."""
    is_broken: bool = False


class SpeechLine:
    """The speeches that are on the line or wait behind one another, by the id of their playback."""

    def __init__(self, call_id: str) -> None:
        # An engine that picks the call up again counts its speeches from the start: ids must differ by then.
        self._prefix = f"{call_id}.{uuid4().hex[:8]}"
        self._serials = count(1)
        self._playbacks: dict[str, _Playback] = {}

    @property
    def playback_ids(self) -> Collection[str]:
        """The playbacks whose end has not been told."""
        return tuple(self._playbacks)

    def begin(self, say_id: int, files: Sequence[Path]) -> str:
        """Return the id of the playback for a speech."""
        playback_id = f"{self._prefix}.{next(self._serials)}"
        self._playbacks[playback_id] = _Playback(say_id, files, [_seconds_of(file) for file in files])
        return playback_id

    def file_begins(self, playback_id: str, medium: str, at: datetime) -> None:
        """Take in that Asterisk has come to a file of a playback."""
        playback = self._playbacks.get(playback_id)
        if playback is None:
            return
        left = range(playback.position, len(playback.files))
        playback.position = next(
            (n for n in left if medium_of(playback.files[n]) == medium), playback.position
        )
        playback.began_at = at

    def file_ends(self, playback_id: str, at: datetime) -> SpeechBroke | None:
        """Take in that Asterisk is done with a file; tell if nobody can have heard it.

        A file that can't be played is told as such only when it is the last of its list. Any other is told
        like one that was heard, but far sooner than it could have been.
        """
        playback = self._playbacks.get(playback_id)
        if playback is None or playback.began_at is None:
            return None
        took = (at - playback.began_at).total_seconds()
        is_heard = took >= max(_LEAST_SECONDS, playback.seconds[playback.position] / 2)
        return None if is_heard else self.breaks(playback_id)

    def breaks(self, playback_id: str) -> SpeechBroke | None:
        """Tell that the file which Asterisk has come to can't be played: once, and nothing else follows."""
        playback = self._playbacks.get(playback_id)
        if playback is None or playback.is_broken:
            return None
        playback.is_broken = True
        return SpeechBroke(playback.say_id, playback.position)

    def end(self, playback_id: str) -> int | None:
        """Return the speech that ended with this playback; None when it was cut, broke or is none of ours."""
        playback = self._playbacks.pop(playback_id, None)
        return None if playback is None or playback.is_broken else playback.say_id

    def cut(self, say_id: int) -> str | None:
        """Forget a speech and return its playback, to be stopped; None when it is not on the line."""
        for playback_id, playback in self._playbacks.items():
            if playback.say_id == say_id:
                del self._playbacks[playback_id]
                return playback_id
        return None


def medium_of(file: Path) -> str:
    """Return what ARI plays for a file on this machine: Asterisk adds the suffix itself."""
    return f"sound:{file.with_suffix('')}"


def _seconds_of(file: Path) -> float:
    try:
        return file.stat().st_size / _BYTES_PER_SECOND
    except OSError:
        return 0.0
