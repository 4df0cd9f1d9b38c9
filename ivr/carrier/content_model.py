"""What the models of people's YAML have in common."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, PlainSerializer

from ivr.duration import format_duration, parse_duration

_FRACTION = re.compile(r"([0-9]{1,4}\.[0-9]{1,3})s\Z", re.ASCII)


class ContentModel(BaseModel):
    """Frozen, and refuses fields it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid")


def _span(value: object) -> timedelta:
    if isinstance(value, str) and (match := _FRACTION.match(value)):
        return timedelta(seconds=float(match[1]))
    return parse_duration(value)


def _written(span: timedelta) -> str:
    return f"{span.total_seconds():.3f}".rstrip("0") + "s" if span.microseconds else format_duration(span)


Span = Annotated[timedelta, BeforeValidator(_span), PlainSerializer(_written)]
"""A length of time as in all content (`2s`, `1m`), and because people are quick with fractions: `0.5s`."""
