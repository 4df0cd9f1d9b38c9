"""Who is in a random sample: drawn from the call's id, so that anybody can draw it again."""

from __future__ import annotations

import hashlib

_PARTS = 1_000_000


def is_drawn(call_id: str, sample: str, percent: float) -> bool:
    """Say whether a call is in the sample of this name that holds `percent` of all calls.

    The ids are random, so that the sample is; whoever is in one of fewer per cent is in that of more.
    """
    drawn = int.from_bytes(hashlib.sha256(f"{sample}/{call_id}".encode()).digest()[:8])
    return drawn % _PARTS < percent / 100 * _PARTS
