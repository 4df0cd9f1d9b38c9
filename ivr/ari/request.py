"""What a request to ARI is: a value that says what would be sent and how its answer reads."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Generic, Literal, TypeVar
from urllib.parse import quote

from ivr.ari.json_object import JsonObject
from ivr.errors import AriError

Method = Literal["GET", "POST", "PUT", "DELETE"]
Answer_co = TypeVar("Answer_co", covariant=True)


@dataclass(frozen=True, slots=True)
class Request(Generic[Answer_co]):
    """One request; two with the same words are equal.

    Parameters travel in the JSON body of POST and PUT, because Asterisk refuses a request line of more than
    4,096 bytes (`MAX_HTTP_LINE_LENGTH`) and a spoken sentence is a long list of media; those of GET and
    DELETE travel in the query. They may be digits or names, so they are in no repr.
    """

    operation: str
    """Its name in logs and complaints."""
    method: Method
    path: str
    """Below `/ari`, quoted."""
    read: Callable[[object], Answer_co] = field(repr=False, compare=False)
    """Makes the answer's value from decoded JSON, or from None where the answer has no body."""
    params: Mapping[str, object] = field(default_factory=dict, repr=False, hash=False)
    dials: bool = field(default=False, repr=False)
    """Whether a telephone may ring for it."""


def nothing(_body: object) -> None:
    """Read an answer that says no more than that it was done."""


def an_object(name: str, read: Callable[[JsonObject], Answer_co]) -> Callable[[object], Answer_co]:
    """Return a reader for one JSON object."""
    return lambda body: read(JsonObject(body, name))


def a_list(name: str, read: Callable[[JsonObject], Answer_co]) -> Callable[[object], tuple[Answer_co, ...]]:
    """Return a reader for a list of JSON objects."""

    def read_list(body: object) -> tuple[Answer_co, ...]:
        if not isinstance(body, list):
            raise AriError(f"Asterisk sent something for {name}s that is no JSON list")
        return tuple(read(JsonObject(item, name)) for item in body)

    return read_list


def given(**params: object) -> Mapping[str, object]:
    """Return the parameters that have a value; Asterisk takes its default for the others."""
    return {name: value for name, value in params.items() if value is not None}


def post(operation: str, where: str, **params: object) -> Request[None]:
    """Return a request whose answer says nothing."""
    return Request(operation, "POST", where, nothing, given(**params))


def delete(operation: str, where: str, **params: object) -> Request[None]:
    """Return a request that ends something."""
    return Request(operation, "DELETE", where, nothing, given(**params))


def path(*parts: str) -> str:
    """Join and quote; an empty identifier is a ValueError, since the request would mean all of its kind."""
    if not all(parts):
        raise ValueError(f"an identifier is empty in a request for {parts[0]}; give the id that is meant")
    return "".join("/" + _quoted(part) for part in parts)


def _quoted(part: str) -> str:
    """Quote a part; one of dots alone too, because HTTP clients resolve those as folders."""
    return part.replace(".", "%2E") if set(part) == {"."} else quote(part, safe="")


def comma_list(parts: Sequence[str]) -> str | None:
    """Join application arguments; one with a comma is a ValueError, because it would become two."""
    if any("," in part for part in parts):
        raise ValueError("an application argument has a comma, which would split it; leave commas out")
    return ",".join(parts) or None


def milliseconds(span: timedelta) -> int:
    """Return a duration as Asterisk wants it in most places."""
    return round(span / timedelta(milliseconds=1))


def seconds(span: timedelta | None) -> int | None:
    """Return a duration in whole seconds, at least one, as Asterisk wants it in the others."""
    return None if span is None else max(1, round(span.total_seconds()))
