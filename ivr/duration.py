"""Lengths of time as people write them in a file: `90s`, `5m`, `2h`, `1d`, `1h30m`."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated

from pydantic import BeforeValidator, PlainSerializer

_SECONDS = {"d": 86_400, "h": 3_600, "m": 60, "s": 1}
_LONGEST = timedelta(days=3_650)
_RIGHT = "write a number and its unit, as in 90s, 5m, 2h, 1d or 1h30m"


def parse_duration(text: object) -> timedelta:
    """Read a length of time; raises ValueError in a sentence for anything but `90s`, `1h30m` and the like.

    A bare number is refused: nobody can tell seconds from minutes by looking at it.
    """
    if isinstance(text, timedelta):
        return text
    if not isinstance(text, str):
        raise ValueError(f"{text!r} is no length of time; {_RIGHT}")  # noqa: TRY004 (pydantic reads ValueError)
    seconds, digits, units_left = 0, "", list(_SECONDS)
    for character in text.strip():
        if character in "0123456789" and len(digits) < 9:
            digits += character
        elif character in units_left and digits:
            seconds += int(digits) * _SECONDS[character]
            del units_left[: units_left.index(character) + 1]
            digits = ""
        else:
            raise ValueError(f"{text!r} is no length of time; {_RIGHT}")
    if digits or len(units_left) == len(_SECONDS):
        raise ValueError(f"{text!r} is no length of time; {_RIGHT}")
    if timedelta(seconds=min(seconds, 10**10)) > _LONGEST:
        raise ValueError(f"{text!r} is too long; stay within {_LONGEST.days}d")
    return timedelta(seconds=seconds)


def format_duration(length: timedelta) -> str:
    """Return `length` as `parse_duration` reads it, as in `1h30m`; parts of a second are lost."""
    seconds = int(length.total_seconds())
    parts = []
    for unit, size in _SECONDS.items():
        count, seconds = divmod(seconds, size)
        if count:
            parts.append(f"{count}{unit}")
    return "".join(parts) or "0s"


Duration = Annotated[timedelta, BeforeValidator(parse_duration), PlainSerializer(format_duration)]
"""A field that is written `5m` in a file."""
