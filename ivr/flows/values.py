"""Values that a session keeps for later prompts and conditions, and how they are written down.

A stored state is JSON, which knows neither amounts nor days: these are written as an object with one key
that tells what they are. An object that only looks like one of those (somebody else's answer may) is put into
`$object`.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time
from decimal import Decimal
from typing import Annotated

from pydantic import BeforeValidator, PlainSerializer, SkipValidation

from ivr.money import Money


def to_json(value: object) -> object:
    """Return a value as JSON can hold it; raises TypeError for a kind that no session keeps."""
    match value:
        case None | bool() | int() | float() | str():
            return value
        case Mapping():
            written = {str(key): to_json(part) for key, part in value.items()}
            looks_like_a_kind = len(written) == 1 and next(iter(written)).startswith("$")
            return {"$object": written} if looks_like_a_kind else written
        case list() | tuple():
            return [to_json(part) for part in value]
        case Money():
            return {"$money": [value.minor, value.currency]}
        case datetime():
            return {"$moment": value.isoformat()}
        case date():
            return {"$date": value.isoformat()}
        case time():
            return {"$time": value.isoformat()}
        case Decimal():
            return {"$decimal": str(value)}
    raise TypeError(f"a session can't keep a {type(value).__name__}")


def from_json(written: object) -> object:
    """Return the value that to_json wrote; values that were never written pass as they are."""
    match written:
        case {"$money": [int(minor), str(currency)], **rest} if not rest:
            return Money(minor, currency)
        case {"$moment": str(text), **rest} if not rest:
            return datetime.fromisoformat(text)
        case {"$date": str(text), **rest} if not rest:
            return date.fromisoformat(text)
        case {"$time": str(text), **rest} if not rest:
            return time.fromisoformat(text)
        case {"$decimal": str(text), **rest} if not rest:
            return Decimal(text)
        case {"$object": Mapping() as inner, **rest} if not rest:
            return {key: from_json(part) for key, part in inner.items()}
        case Mapping():
            return {key: from_json(part) for key, part in written.items()}
        case list() | tuple():
            return [from_json(part) for part in written]
    return written


Values = Annotated[Mapping[str, object], SkipValidation, BeforeValidator(from_json), PlainSerializer(to_json)]
"""Values by name; what was a tuple comes back as a list."""
