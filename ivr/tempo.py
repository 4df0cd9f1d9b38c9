"""How fast we speak to somebody."""

from __future__ import annotations

from enum import StrEnum


class Tempo(StrEnum):
    """A speed of speech; whatever is said at all is said at either."""

    USUAL = "usual"
    SLOW = "slow"
    """For whoever can't follow the usual one."""
