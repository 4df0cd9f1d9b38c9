"""A recording of what the far end says: what ends it, and whether anything came of it."""

from __future__ import annotations

import asyncio


class VoiceRecording:
    """One recording while it is being made. Keys belong to it, not to the talk."""

    def __init__(self, name: str, end_key: str) -> None:
        self.name = name
        self.key_or_end = asyncio.Event()
        self.end = asyncio.Event()
        self.is_stored = False
        """Whether the switch has it, once it has ended."""
        self._end_key = end_key

    @property
    def is_over(self) -> bool:
        """Whether it has ended."""
        return self.end.is_set()

    def pressed(self, digit: str) -> None:
        """Take a key: the one that ends it, or one that means nothing."""
        if digit == self._end_key:
            self.key_or_end.set()

    def ended(self, *, is_stored: bool) -> None:
        """It is over: by silence, by its longest time, by a stop or a hang-up, or because it failed."""
        self.is_stored = is_stored
        self.end.set()
        self.key_or_end.set()
