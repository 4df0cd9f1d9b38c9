"""What the network did with a call."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class CallResult(StrEnum):
    """How a call ended, as far as the network tells.

    What the person meant is a Response, and who picked up is AnsweredBy: neither can be read from this.
    """

    ANSWERED = "answered"
    BUSY = "busy"
    NO_ANSWER = "no_answer"
    REJECTED = "rejected"
    BLOCKED = "blocked"
    INVALID_NUMBER = "invalid_number"
    UNREACHABLE = "unreachable"
    CONGESTION = "congestion"
    FAILED = "failed"
    CANCELLED = "cancelled"

    @property
    def sentence(self) -> str:
        """What happened, for people: goes on after "the call …", without a full stop."""
        return _SENTENCES[self]

    @property
    def again_can_help(self) -> bool:
        """Whether calling the same number later can end differently; a retry rule decides if it is done."""
        return self not in _FOR_GOOD


_SENTENCES: Mapping[CallResult, str] = {
    CallResult.ANSWERED: "was answered by somebody or something",
    CallResult.BUSY: "found the line busy",
    CallResult.NO_ANSWER: "rang and nobody picked up",
    CallResult.REJECTED: "was rejected by the called party or its equipment",
    CallResult.BLOCKED: "was blocked as unwanted, by the network or on the called party's behalf",
    CallResult.INVALID_NUMBER: "went to a number that does not exist or has changed",
    CallResult.UNREACHABLE: "did not reach the telephone, which is off, out of coverage or without a route",
    CallResult.CONGESTION: "found the network or the trunk out of capacity",
    CallResult.FAILED: "failed for a technical reason that somebody should look at",
    CallResult.CANCELLED: "was given up by us before anybody answered",
}

_FOR_GOOD = frozenset({CallResult.BLOCKED, CallResult.INVALID_NUMBER})
