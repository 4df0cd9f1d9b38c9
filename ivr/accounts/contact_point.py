"""A way to reach a customer."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Medium(StrEnum):
    """What carries a message to somebody."""

    VOICE = "voice"
    SMS = "sms"
    EMAIL = "email"
    FAX = "fax"
    WEB = "web"


@dataclass(frozen=True, slots=True)
class ContactPoint:
    """One address of one customer on one medium."""

    id: str
    customer_id: str
    medium: Medium
    address: str
    """An E.164 number for voice, sms and fax; an address otherwise."""
    rank: int = 1
    """1 is tried first."""
    usable: bool = True
    """False once somebody said it is not this customer's."""
    third_party: bool = False
    """Whether it is somebody's to whom the customer passed an alert on, and never the customer's own."""
