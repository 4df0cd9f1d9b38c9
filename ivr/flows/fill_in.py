"""Values with variables in them, for what is kept or sent, not said: `order {{ own.order }}`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, time

from pydantic import JsonValue

from ivr.flows.variables import Variables, look_up
from ivr.money import Money

_SLOT = re.compile(r"\{\{\s*([a-z][a-z0-9_]*(?:\.[a-z][a-z0-9_]*)*)\s*\}\}")


def fill_in(written: JsonValue, variables: Variables) -> object:
    """Return `written` with its variables filled in; a missing one is None, or nothing inside a text.

    A text that is one variable and nothing else becomes that variable's value, whatever its kind.
    """
    if isinstance(written, dict):
        return {key: fill_in(part, variables) for key, part in written.items()}
    if isinstance(written, list):
        return [fill_in(part, variables) for part in written]
    if not isinstance(written, str):
        return written
    if whole := _SLOT.fullmatch(written):
        return look_up(variables, whole[1])
    return _SLOT.sub(lambda slot: _plain(look_up(variables, slot[1])), written)


def fill_in_all(written: Mapping[str, JsonValue], variables: Variables) -> dict[str, object]:
    """Return every entry filled in."""
    return {name: fill_in(value, variables) for name, value in written.items()}


def variables_in(written: JsonValue) -> tuple[str, ...]:
    """Return the variables that a value speaks of, by dotted path."""
    if isinstance(written, dict):
        return tuple(variable for part in written.values() for variable in variables_in(part))
    if isinstance(written, list):
        return tuple(variable for part in written for variable in variables_in(part))
    return tuple(_SLOT.findall(written)) if isinstance(written, str) else ()


def to_plain(value: object) -> object:
    """Return a value as JSON that any program reads: amounts as `120.50 USD`, days and times in ISO 8601."""
    if isinstance(value, Mapping):
        return {str(key): to_plain(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [to_plain(part) for part in value]
    if value is None or isinstance(value, bool | int | float):
        return value
    return _plain(value)


def _plain(value: object) -> str:
    match value:
        case None:
            return ""
        case Money():
            return f"{value.amount} {value.currency}"
        case date() | time():
            return value.isoformat()
    return str(value)
