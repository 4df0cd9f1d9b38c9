"""What a person decided about dialling as a whole."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol


class Controls(Protocol):
    """What a person decided about dialling as a whole; always read live."""

    def is_live(self) -> bool:
        """Whether `ivr go-live` was said: before it only the simulated carrier and listed numbers ring."""
        ...

    def is_stopped(self) -> bool:
        """Whether `ivr stop-all` was said and not taken back."""
        ...

    def set_live(self, live: bool, by: str, at: datetime) -> None: ...
    def set_stopped(self, stopped: bool, by: str, at: datetime) -> None: ...
