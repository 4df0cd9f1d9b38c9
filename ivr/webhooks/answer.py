"""What a webhook answered: a JSON object that a stored state can hold, or nothing that counts."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from ivr.errors import WebhookError

MOST_LEVELS = 32
"""Objects and lists inside each other."""


def read_answer(body: bytes) -> Mapping[str, object]:
    """Return the object; raises WebhookError for anything else."""
    try:
        answer: Any = json.loads(body)
        # Numbers beyond all numbers, half characters and NUL can be read, but not written down again.
        written = json.dumps(answer, allow_nan=False, ensure_ascii=False).encode()
    except (ValueError, RecursionError):
        raise WebhookError("the answer is no JSON") from None
    if not isinstance(answer, dict):
        raise WebhookError("the answer is JSON, but no object")
    if rb"\u0000" in written or _is_deeper(answer, MOST_LEVELS):
        raise WebhookError("the answer is JSON of a kind that can't be kept")
    return answer


def _is_deeper(value: object, levels: int) -> bool:
    if not isinstance(value, dict | list):
        return False
    parts = value.values() if isinstance(value, dict) else value
    return levels == 0 or any(_is_deeper(part, levels - 1) for part in parts)
