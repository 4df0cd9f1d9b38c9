"""`[company]`."""

from __future__ import annotations

from pydantic import field_validator

from ivr.phone_number import PhoneNumber, parse_phone_number
from ivr.settings.section import Section


class CompanySettings(Section):
    """Who is calling, as customers hear it."""

    name: str = "Sample Bank"
    phone: str = "+12025550100"
    """E.164: the number that callers are asked to call back."""

    @field_validator("phone")
    @classmethod
    def _e164(cls, value: str) -> PhoneNumber:
        return parse_phone_number(value)
