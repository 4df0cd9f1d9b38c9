"""Which flow serves whom who calls in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from ivr.calls.caller_block import BlockTerms
from ivr.phone_number import PhoneNumber, parse_phone_number
from ivr.rules.recording_terms import RecordingTerms

BLOCKED_CALLER = "blocked-caller"
"""The flow that callers hear from whom we take no calls."""


@dataclass(frozen=True, slots=True)
class Reception:
    """The numbers that callers dial, as the settings have them."""

    flows: Mapping[str, str]
    """The flow's name by number: E.164, or a short internal code such as `*77`."""
    region: str | None
    """ISO 3166: how numbers are meant that come without a country code."""
    max_duration: float
    """Seconds after which the switch itself ends a call that came in."""
    recording: Mapping[str, RecordingTerms] = field(default_factory=dict)
    """The numbers whose calls are recorded."""
    rules: Mapping[str, str] = field(default_factory=dict)
    """The rule whose customers are asked to call a number, by number."""
    most_calls: Mapping[str, int] = field(default_factory=dict)
    """How many callers a number takes at once, by number; more hear that it is too many."""

    blocking: BlockTerms = field(default_factory=BlockTerms)
    """When a number is blocked by itself."""
    rejects_blocked: bool = False
    """Whether blocked callers are rejected before the answer; else they hear the flow BLOCKED_CALLER."""

    def our_number(self, dialled: str) -> str | None:
        """Return which of the numbers was dialled, however the network writes it; None: none of them."""
        if dialled in self.flows:
            return dialled
        number = self.number_of(dialled)
        return number if number in self.flows else None

    def number_of(self, written: str) -> PhoneNumber | None:
        """Return a number as E.164; None for one that is withheld or no telephone number."""
        try:
            return parse_phone_number(written, self.region)
        except ValueError:
            return None
