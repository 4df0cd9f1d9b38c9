"""`[dialing]`."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import AfterValidator, Field

from ivr.phone_number import parse_phone_number
from ivr.settings.section import Section


def _check_prefix(text: str) -> str:
    if not re.fullmatch(r"\+[1-9][0-9]{0,14}", text, re.ASCII):
        raise ValueError(f"{text!r} begins no telephone number; write + and a country code first: +1202")
    return text


class DialingSettings(Section):
    """How calls are placed."""

    trunk: str = "carrier"
    """The trunk of rules that name none."""
    max_calls: int = Field(default=50, ge=1, le=2000)
    """Calls at once, all trunks together."""
    calls_per_second: float | None = Field(default=None, gt=0, le=1000)
    """Slower or faster than the trunk says; None: as the trunk says."""
    detect_answerer: bool | None = None
    """Listen who or what answers; None: as the trunk says."""
    max_call_seconds: float = Field(default=600, gt=0, le=7200)
    """The switch ends a call after this long, whatever became of the engine."""
    listed_numbers: tuple[Annotated[str, AfterValidator(parse_phone_number)], ...] = ()
    """Numbers that may ring before `ivr go-live`."""
    allowed_prefixes: tuple[Annotated[str, AfterValidator(_check_prefix)], ...] = ("+1",)
    """What may be dialled after `ivr go-live`."""
