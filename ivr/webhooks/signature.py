"""How a webhook shows that a request is ours, and when it was sent."""

from __future__ import annotations

import hashlib
import hmac
from datetime import datetime

HEADER = "X-Answerback-Signature"


def signature(key: bytes, body: bytes, at: datetime) -> str:
    """Return `t=<seconds since 1970>,v1=<HMAC-SHA-256 of "t.body", hexadecimal>`.

    The moment is signed with the body, so that who overhears a request can't send it again later.
    """
    moment = str(int(at.timestamp()))
    signed = hmac.new(key, f"{moment}.".encode() + body, hashlib.sha256)
    return f"t={moment},v1={signed.hexdigest()}"
