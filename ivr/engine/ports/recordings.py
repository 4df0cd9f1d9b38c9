"""What is known of each recording; the sound is a file of that name."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from ivr.calls.recording import Recording


class KeptRecordings(Protocol):
    """What is known of each recording."""

    def add(self, recording: Recording) -> bool:
        """Add one; False (and nothing changed) when its id is there already."""
        ...

    def get(self, recording_id: str) -> Recording | None: ...
    def ended(self, recording_id: str, at: datetime, seconds: float | None) -> bool:
        """Write the end of one that has none, and how long it is (None: it is lost); False when it has."""
        ...

    def of_ended_calls(self, limit: int) -> Sequence[tuple[Recording, datetime]]:
        """Return recordings without an end whose calls have one, with the call's end."""
        ...

    def outdated(self, now: datetime, limit: int) -> Sequence[Recording]:
        """Return those that are to be kept no longer and are not deleted."""
        ...

    def keep_longer(self, recording_id: str, until: datetime) -> None:
        """Keep one until then, if that is later than it was to be."""
        ...

    def deleted(self, recording_id: str, by: str, at: datetime) -> bool:
        """Keep that the sound of one that has an end was deleted; False when it was deleted before."""
        ...
