"""What the dialplan is told to connect a call with a number outside."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from ivr.engine.telephony import Outside
from ivr.phone_number import PhoneNumber
from ivr.telephony.channel_variables import (
    OUTSIDE,
    OUTSIDE_CALLER_ID,
    OUTSIDE_ID,
    OUTSIDE_LONGEST,
    OUTSIDE_REFERENCE,
    OUTSIDE_SECONDS,
)

DialString = Callable[[str, PhoneNumber], str]
"""Gives what is dialled for a trunk's name and a number; ValueError where one of them is none."""


def variables_outside(effect_id: int, outside: Outside, dial_string: DialString) -> Mapping[str, str]:
    """Return what the context for numbers outside needs to know; raises what `dial_string` does."""
    return {
        OUTSIDE: dial_string(outside.trunk, outside.number),
        OUTSIDE_ID: str(effect_id),
        OUTSIDE_CALLER_ID: outside.caller_id or "",
        OUTSIDE_REFERENCE: outside.reference or "",
        OUTSIDE_SECONDS: str(round(outside.ring_seconds)),
        OUTSIDE_LONGEST: str(round(outside.longest_seconds)),
    }
