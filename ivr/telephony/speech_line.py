"""Which playback belongs to which speech of a call."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path
from uuid import uuid4


class SpeechLine:
    """The speeches that are on the line or wait behind one another, by the id of their playback."""

    def __init__(self, call_id: str) -> None:
        # An engine that picks the call up again counts its speeches from the start: ids must differ by then.
        self._prefix = f"{call_id}.{uuid4().hex[:8]}"
        self._says: dict[str, int] = {}

    @property
    def playback_ids(self) -> Collection[str]:
        """The playbacks whose end has not been told."""
        return tuple(self._says)

    def begin(self, say_id: int) -> str:
        """Return the id of the playback for a speech."""
        playback_id = f"{self._prefix}.{say_id}"
        self._says[playback_id] = say_id
        return playback_id

    def end(self, playback_id: str) -> int | None:
        """Return the speech that ended with this playback; None when it was cut, or is none of ours."""
        return self._says.pop(playback_id, None)

    def cut(self, say_id: int) -> str | None:
        """Forget a speech and return its playback, to be stopped; None when it is not on the line."""
        for playback_id, said in self._says.items():
            if said == say_id:
                del self._says[playback_id]
                return playback_id
        return None


def split_by_presence(files: Sequence[Path]) -> tuple[list[Path], list[Path]]:
    """Return the files that are there and those that are missing.

    Asked before playing, because Asterisk tells of a missing file only when it was the last of its list.
    """
    present = [file for file in files if file.is_file()]
    return present, [file for file in files if file not in present]


def medium_of(file: Path) -> str:
    """Return what ARI plays for a file on this machine: Asterisk adds the suffix itself."""
    return f"sound:{file.with_suffix('')}"
