"""A JSON object read field by field: a value of the wrong shape is an AriError that names the field.

No message quotes a value, because it may be a digit that somebody pressed.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime

from ivr.errors import AriError


class JsonObject:
    """Typed reading of one object; `name` says in complaints what it is (`ChannelDestroyed.channel`)."""

    __slots__ = ("_data", "_name")

    def __init__(self, data: object, name: str) -> None:
        if not isinstance(data, dict):
            raise AriError(f"Asterisk sent something for {name} that is no JSON object")
        self._data: dict[str, object] = data
        self._name = name

    def text(self, key: str) -> str:
        """Return a string that must be there."""
        value = self._data.get(key)
        if not isinstance(value, str):
            raise self._misses(key, "a string")
        return value

    def text_or_none(self, key: str) -> str | None:
        """Return a string, or None where it is absent or empty."""
        value = self._data.get(key)
        return value if isinstance(value, str) and value else None

    def whole(self, key: str) -> int:
        """Return an integer that must be there."""
        value = self.whole_or_none(key)
        if value is None:
            raise self._misses(key, "an integer")
        return value

    def whole_or_none(self, key: str) -> int | None:
        """Return an integer, or None."""
        value = self._data.get(key)
        return value if isinstance(value, int) and not isinstance(value, bool) else None

    def real_or_none(self, key: str) -> float | None:
        """Return a number, or None."""
        value = self._data.get(key)
        return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None

    def truth(self, key: str) -> bool:
        """Return whether the field is there and true."""
        return self._data.get(key) is True

    def moment(self, key: str) -> datetime:
        """Return a time stamp as aware UTC."""
        try:
            return datetime.fromisoformat(self.text(key)).astimezone(UTC)
        except ValueError:
            raise self._misses(key, "an ISO 8601 time stamp") from None

    def object(self, key: str) -> JsonObject:
        """Return an object that must be there."""
        return JsonObject(self._data.get(key), f"{self._name}.{key}")

    def object_or_none(self, key: str) -> JsonObject | None:
        """Return an object, or None where it is absent or null."""
        return None if self._data.get(key) is None else self.object(key)

    def texts(self, key: str) -> tuple[str, ...]:
        """Return a list of strings; an absent one is empty."""
        values = self._data.get(key, [])
        if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
            raise self._misses(key, "a list of strings")
        return tuple(values)

    def text_map(self, key: str) -> Mapping[str, str]:
        """Return a map of strings; an absent one is empty."""
        values = self._data.get(key)
        return {k: v for k, v in values.items() if isinstance(v, str)} if isinstance(values, dict) else {}

    def _misses(self, key: str, wanted: str) -> AriError:
        return AriError(f"Asterisk sent {self._name} without {wanted} in {key!r}")


def parse_object(text: str | bytes, name: str) -> JsonObject:
    """Parse JSON text; raises AriError where it is none, or no object."""
    try:
        return JsonObject(json.loads(text), name)
    except ValueError:
        raise AriError(f"Asterisk sent something for {name} that is no JSON") from None
