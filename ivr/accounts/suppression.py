"""A customer's or a number's word that it must not be contacted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

KEYPAD = "keypad"
THIRD_PARTY = "third_party"
"""The source of what somebody asked for to whom a customer had passed an alert on: no customer's word."""


@dataclass(frozen=True, slots=True)
class Suppression:
    """Do-not-contact, held per person *and* per address: either is enough to stop a call."""

    customer_id: str | None
    address: str | None
    """E.164 number or other address, whoever holds it now."""
    topic: str | None
    """The rule topic it covers; None covers everything."""
    since: datetime
    source: str
    """Where it came from: `keypad`, `third_party`, `import`, `console`."""

    def covers(self, topic: str) -> bool:
        """Say whether calls about `topic` are covered."""
        return self.topic is None or self.topic == topic
