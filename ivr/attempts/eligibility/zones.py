"""In which time zones a customer may be."""

from __future__ import annotations

from ivr.attempts.eligibility.facts import EligibilityFacts
from ivr.phone_number import PhoneNumber, time_zones_of


def zone_names(facts: EligibilityFacts) -> tuple[str, ...]:
    """Return the zone of the address, if there is one, and then those of the number."""
    of_number = time_zones_of(PhoneNumber(facts.attempt.address))
    of_address = () if facts.customer.time_zone is None else (facts.customer.time_zone,)
    return tuple(dict.fromkeys((*of_address, *of_number)))
