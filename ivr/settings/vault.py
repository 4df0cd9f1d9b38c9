"""`[vault]`."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, field_validator

from ivr.phone_number import PhoneNumber, never_dialled, parse_phone_number
from ivr.settings.section import Section


class VaultSettings(Section):
    """Somebody else's IVR that takes cards for us; see docs/payments.md."""

    number: str
    """E.164; that it stands here is the leave to ring it."""
    trunk: str
    """The trunk that it is rung over."""
    webhook: str
    """Which of [[webhooks]] tells what came of a hand-off."""
    ring_seconds: Annotated[int, Field(ge=5, le=60)] = 20
    """After so long without an answer the customer is back with us."""
    longest_seconds: Annotated[int, Field(ge=30, le=1800)] = 240
    """How long the talk there may last: one that is silent must not keep the customer."""

    @field_validator("number")
    @classmethod
    def _may_be_rung(cls, value: str) -> str:
        number = parse_phone_number(value)
        if (why := never_dialled(PhoneNumber(number))) is not None:
            raise ValueError(f"{value!r} is never dialled: {why}")
        return number
