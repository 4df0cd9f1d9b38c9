"""Who may hear a prompt: how much must be known about the person on the line before it is said."""

from __future__ import annotations

from enum import IntEnum


class ContentTier(IntEnum):
    """A prompt may be said when the person on the line has reached at least its tier."""

    ANYONE = 0
    """Whoever answers, and any voicemail: tells nothing about an account, nor that there is one."""
    CONFIRMED = 1
    """A person who says to be the one we call. A key pressed is no proof: where debts are concerned, details
    wait for VERIFIED."""
    VERIFIED = 2
    """A person who has given a factor that the customer store holds: may hear everything."""
    ADMINISTRATOR = 3
    """Somebody who has given the studio's PIN: may change what callers hear. No prompt is of this tier."""
