"""Telephone numbers: E.164 or nothing.

A number that is not E.164 never leaves this file as a PhoneNumber, so it can't reach Asterisk.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NewType

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumberType, timezone

PhoneNumber = NewType("PhoneNumber", str)
"""`+` and 7 to 15 digits (ITU-T E.164, clause 6)."""

_E164 = re.compile(r"\+[1-9][0-9]{6,14}\Z", re.ASCII)
_SATELLITE_CODES = ("870", "881", "882", "883", "888", "979")
"""Country codes of satellite, international network and premium-rate services (ITU-T E.164 list)."""
_REMEMBERED = 8192
"""Numbers whose answers are kept: an attempt's is asked about at its claim and again at its originate, and an
answer takes half a millisecond."""


@lru_cache(maxsize=_REMEMBERED)
def parse_phone_number(text: str, default_region: str | None = None) -> PhoneNumber:
    """Read a number as people type it; `default_region` (ISO 3166, `US`) is for those without a `+`.

    Raises ValueError in a sentence.
    """
    try:
        parsed = phonenumbers.parse(text, default_region)
    except NumberParseException:
        hint = "" if default_region else ", beginning with + and the country code"
        raise ValueError(f"{text!r} is no telephone number; write it in full{hint}") from None
    if parsed.extension:
        raise ValueError(f"{text!r} has an extension, which can't be dialled; leave the extension out")
    e164 = phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)
    if not phonenumbers.is_possible_number(parsed) or not _E164.match(e164):
        raise ValueError(f"{text!r} can't be a number of its country; check the number of digits")
    return PhoneNumber(e164)


@lru_cache(maxsize=_REMEMBERED)
def never_dialled(number: PhoneNumber) -> str | None:
    """Return why nobody may ever dial `number` (emergency, short code, premium, satellite), or None."""
    parsed = phonenumbers.parse(number, None)
    national = phonenumbers.national_significant_number(parsed)
    regions = phonenumbers.region_codes_for_country_code(parsed.country_code or 0)
    if str(parsed.country_code) in _SATELLITE_CODES:
        return "it is a satellite or international premium number"
    if any(phonenumbers.is_emergency_number(national, region) for region in regions):
        return "it is an emergency number"
    if any(phonenumbers.is_valid_short_number_for_region(parsed, region) for region in regions):
        return "it is a short code"
    kind = phonenumbers.number_type(parsed)
    if kind in (PhoneNumberType.PREMIUM_RATE, PhoneNumberType.SHARED_COST):
        return "it is a premium-rate number"
    return None


def is_emergency_number(dialled: str, region: str | None) -> bool:
    """Say whether whoever dials this in `region` (ISO 3166) calls for help."""
    return region is not None and phonenumbers.is_emergency_number(dialled, region)


@lru_cache(maxsize=_REMEMBERED)
def time_zones_of(number: PhoneNumber) -> tuple[str, ...]:
    """Return every IANA zone in which the holder of `number` may be; empty when unknown."""
    zones = timezone.time_zones_for_number(phonenumbers.parse(number, None))
    return tuple(zone for zone in zones if zone != "Etc/Unknown")


def region_of(number: PhoneNumber) -> str | None:
    """Return the ISO 3166 region of `number`, or None when it has none."""
    return phonenumbers.region_code_for_number(phonenumbers.parse(number, None))


def national_format(number: PhoneNumber) -> str:
    """Return `number` in the groups that people of its country read it in: `(202) 555-0123`."""
    return phonenumbers.format_number(
        phonenumbers.parse(number, None), phonenumbers.PhoneNumberFormat.NATIONAL
    )
