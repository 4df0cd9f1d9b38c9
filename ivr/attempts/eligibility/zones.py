"""In which time zones whom we call may be."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import tzinfo

from ivr.attempts.eligibility.facts import EligibilityFacts
from ivr.calling_hours import time_zone
from ivr.phone_number import PhoneNumber, time_zones_of


def zone_names(facts: EligibilityFacts) -> tuple[str, ...]:
    """Return the zone of the address, if there is one, and then those of the number.

    Where a third party lives nobody knows but by their number.
    """
    of_number = time_zones_of(PhoneNumber(facts.attempt.address))
    zone = None if facts.contact_point.third_party else facts.customer.time_zone
    of_address = () if zone is None else (zone,)
    return tuple(dict.fromkeys((*of_address, *of_number)))


def clocks_of(facts: EligibilityFacts) -> Sequence[tzinfo]:
    """Return the clocks that a time of day may be meant on which the customer names.

    Somebody whose address we know means the clock on their wall, whatever their number's home is.
    """
    zones = [zone for name in zone_names(facts) if (zone := time_zone(name)) is not None]
    return zones[:1] if facts.customer.time_zone is not None else zones
