"""What the network did with a call."""

from enum import StrEnum


class CallResult(StrEnum):
    """How a call ended, as far as the network tells."""

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
