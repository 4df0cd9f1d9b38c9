"""`[[inbound]]`."""

from __future__ import annotations

from pydantic import Field, field_validator

from ivr.phone_number import parse_phone_number
from ivr.rules.recording_terms import RecordingTerms
from ivr.settings.section import Section
from ivr.switch.trunk import is_code


class InboundSettings(Section):
    """One `[[inbound]]` block: a number that people call, and the flow that serves them."""

    number: str
    """E.164, or a short code that the company's own telephones dial: `*77`."""
    flow: str
    """Its name; it has `direction: inbound`."""
    record: RecordingTerms | None = None
    """Whether calls to it are recorded, and how long that is kept."""
    rule: str | None = None
    """The rule whose customers are asked to call this number: what they call about, if nothing else tells."""
    most_calls: int | None = Field(default=None, ge=1)
    """How many callers it takes at once; those beyond hear what the flow says then. None: no limit."""

    @field_validator("number")
    @classmethod
    def _number_or_code(cls, value: str) -> str:
        return value if is_code(value) else parse_phone_number(value)
