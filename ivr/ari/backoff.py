"""How long to wait before the next try to connect."""

from __future__ import annotations

import random
from collections.abc import Iterator

FIRST_S = 0.1
LONGEST_S = 5.0


def backoff_delays(randomness: random.Random) -> Iterator[float]:
    """Yield seconds without end: doubling up to LONGEST_S, each shortened at random by up to one half.

    The jitter keeps many clients from coming back in the same moment after Asterisk restarts.
    """
    ceiling = FIRST_S
    while True:
        yield ceiling * (1 - randomness.random() / 2)
        ceiling = min(LONGEST_S, ceiling * 2)
