"""In which time zones whom we call may be."""

from __future__ import annotations

from ivr.attempts.eligibility.facts import EligibilityFacts
from ivr.phone_number import PhoneNumber, time_zones_of


def zone_names(facts: EligibilityFacts) -> tuple[str, ...]:
    """Return the zone of the address, if there is one, and then those of the number.

    Where a third party lives nobody knows but by their number.
    """
    of_number = time_zones_of(PhoneNumber(facts.attempt.address))
    zone = None if facts.contact_point.third_party else facts.customer.time_zone
    of_address = () if zone is None else (zone,)
    return tuple(dict.fromkeys((*of_address, *of_number)))
