"""What does not fit a field, in words for people who write files and no programs."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from difflib import get_close_matches
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel

_A_NAME = "write small letters a to z, digits and -, a letter first"
FORMS: Mapping[str, str] = {
    r"^[0-9*#]$": "write one key of the telephone: 0 to 9, * or #",
    r"^[a-z][a-z0-9-]*$": _A_NAME,
    r"^[a-z][a-z0-9-]{0,62}$": _A_NAME,
    r"^[a-z0-9-]*$": "write small letters a to z, digits and -",
    r"^[a-z][a-z0-9_-]{0,39}$": "write small letters a to z, digits, _ and -, a letter first",
    r"^[a-z][a-z0-9_]*$": "write small letters a to z, digits and _, a letter first",
    r"^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)*$": "write a variable like account.amount_due",
    r"^[a-z]{2,3}$": "write a language like en, in two or three small letters",
    r"^\d{4}-\d{2}-\d{2}$": "write a day like 2026-03-31",
    r"^\+[1-9][0-9]{6,14}$": "write a number like +12025550100",
    r"^[0-9]{1,8}$": "write one to eight digits",
    r"^[1-9][0-9]{0,2}$": "write a country code like 1 or 49",
    r"^[0-9]{0,4}$": "write four digits at most",
    r"^[0-9]{1,4}$": "write one to four digits",
}
"""What to write, by the pattern that a text has to have."""
_RIGHT: Mapping[str, str] = {
    "string_type": "write text; what looks like a number stands in quotes",
    "string_too_short": "write something",
    "int_type": "write a whole number",
    "int_parsing": "write a whole number",
    "int_from_float": "write a whole number",
    "float_type": "write a number",
    "float_parsing": "write a number",
    "bool_type": "write true or false",
    "bool_parsing": "write true or false",
    "dict_type": "write fields below it, `name: value`",
    "model_type": "write fields below it, `name: value`",
    "model_attributes_type": "write fields below it, `name: value`",
    "dataclass_type": "write fields below it, `name: value`",
    "tuple_type": "write a list, each entry on a line that begins with `- `",
    "list_type": "write a list, each entry on a line that begins with `- `",
}
"""What to write, by pydantic's word for what is wrong."""
_BOUNDS: Mapping[str, tuple[str, str]] = {
    "greater_than": ("gt", "write more than {}"),
    "greater_than_equal": ("ge", "write {} or more"),
    "less_than": ("lt", "write less than {}"),
    "less_than_equal": ("le", "write {} or less"),
    "too_short": ("min_length", "write at least {}"),
    "too_long": ("max_length", "write {} at most"),
    "string_too_long": ("max_length", "write {} characters at most"),
}
"""What to write, with the name of the bound in it."""


def explain(
    kind: str, message: str, value: object, context: Mapping[str, Any], name: str, known: Collection[str]
) -> tuple[str, str]:
    """Return what is wrong and what would be right, for one of pydantic's findings.

    `name` is the field's own; `known` are the names that its place has, for one that is none of them.
    """
    if kind == "missing":
        return "it is missing", "add it"
    if kind == "extra_forbidden":
        return "nothing of this name is known here", _meant(name, known) or "remove it or mend its spelling"
    if kind == "value_error":
        wrong, _, right = str(context.get("error", message)).partition("; ")
        return wrong, right or "mend it"
    if kind == "union_tag_not_found":
        return f"it does not say which {_bare(context.get('discriminator'))} it has", "add it"
    if kind in ("union_tag_invalid", "literal_error", "enum"):
        return _one_of(kind, value, context)
    return f"{shown(value)} can't be used", _right(kind, message, context)


def shown(value: object) -> str:
    """Return a value as a complaint quotes it, shortened."""
    text = repr(value)
    return text if len(text) <= 60 else text[:57] + "…"


def _one_of(kind: str, value: object, context: Mapping[str, Any]) -> tuple[str, str]:
    is_tag = kind == "union_tag_invalid"
    taken = str(context.get("expected_tags" if is_tag else "expected", ""))
    given = context.get("tag") if is_tag else value
    wrong = f"{shown(given)} is not known here" if is_tag else f"{shown(given)} can't be used"
    options = [option.strip().strip("'") for option in taken.replace(" or ", ", ").split(",")]
    return wrong, _meant(str(given), options) or f"use one of {taken}"


def _meant(given: str, options: Collection[str]) -> str | None:
    close = get_close_matches(given, options, n=1)
    return f"did you mean {close[0]!r}" if close and close[0] != given else None


def _bare(name: object) -> str:
    return f"`{str(name).strip(chr(39))}`"


def _right(kind: str, message: str, context: Mapping[str, Any]) -> str:
    if kind == "string_pattern_mismatch":
        pattern = str(context.get("pattern"))
        return FORMS.get(pattern, f"write it in the form {pattern}")
    if kind in _BOUNDS:
        bound, right = _BOUNDS[kind]
        limit = context.get(bound)
        return right.format(f"{limit:g}" if isinstance(limit, float) else limit)
    return _RIGHT.get(kind, message[:1].lower() + message[1:])


def names_at(model: type[BaseModel], path: tuple[str | int, ...]) -> frozenset[str]:
    """Return the field names that `model` has at a place, given as pydantic gives it: with tags of unions."""
    places: list[object] = [model]
    for part in path:
        places = [inner for place in places for inner in _inside(place, part)] or places
    return frozenset(name for place in places if _is_model(place) for name in _fields(place))


def _inside(place: object, part: str | int) -> Iterator[object]:
    """Yield what lies one step inside a kind of value; a union's tag leads to the kinds that have it."""
    if _is_model(place):
        fields = _fields(place)
        if part in fields:
            yield from _kinds(fields[str(part)])
        elif _tag(place) == part:
            yield place
        return
    inner = get_args(place)
    if inner and get_origin(place) in (dict, Mapping):
        yield from _kinds(inner[1])
    elif inner and isinstance(part, int):
        yield from _kinds(inner[0])


def _kinds(annotation: object) -> Iterator[object]:
    """Yield the kinds of value that an annotation stands for."""
    if get_origin(annotation) is Annotated:
        yield from _kinds(get_args(annotation)[0])
    elif get_origin(annotation) in (Union, UnionType):
        for member in get_args(annotation):
            yield from _kinds(member)
    else:
        yield annotation


def _is_model(place: object) -> bool:
    return isinstance(place, type) and issubclass(place, BaseModel)


def _fields(model: Any) -> dict[str, object]:
    return {field.alias or name: field.annotation for name, field in model.model_fields.items()}


def _tag(model: Any) -> str | None:
    field = model.model_fields.get("type")
    options = get_args(field.annotation) if field and get_origin(field.annotation) is Literal else ()
    return str(options[0]) if options else None
