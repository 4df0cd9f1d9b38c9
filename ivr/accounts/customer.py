"""A person (or firm) whose accounts we watch."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from ivr.accounts.contact_point import Medium
from ivr.calling_hours import Window
from ivr.tempo import Tempo


@dataclass(frozen=True, slots=True)
class Customer:
    """One customer, keyed by the id that the customer's own systems use."""

    id: str
    name: str
    """Full name as it is spoken: `Maria Lopez`."""
    language: str = "en"
    """ISO 639-1; what they chose goes before what their record says."""
    time_zone: str | None = None
    """IANA zone of the address; None when unknown."""
    region: str | None = None
    """ISO 3166-1 or -2 of the address (`US`, `US-FL`), for rules of the land; None when unknown."""
    segment: str | None = None
    """In the words of the business: `private`, `gold`; None when none is known."""
    birth_date: date | None = field(default=None, repr=False)
    postcode: str | None = field(default=None, repr=False)
    """Of the address, as it is written there: `20001`, `H3Z 2Y7`."""
    preferred_medium: Medium | None = None
    """By what they want to be reached first; they said so, an import does not bring it."""
    preferred_hours: Window | None = None
    """When they want to be called, on their own clock; as the medium."""
    preferred_tempo: Tempo = Tempo.USUAL
    """How fast they want to be spoken to; as the medium."""
