"""What the stages judge by, beside the facts: the rule, its hours, and what the installation may dial."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ivr.calling_hours import CallingHours
from ivr.rules.rule import Rule


@dataclass(frozen=True, slots=True)
class DialPermission:
    """Which numbers this installation may ring at all."""

    is_simulated: bool = False
    """The trunk leads to the simulated carrier, where no real telephone rings."""
    is_live: bool = False
    """Somebody went live explicitly."""
    listed_numbers: frozenset[str] = frozenset()
    """E.164 numbers that may ring before going live."""
    allowed_prefixes: tuple[str, ...] = ()
    """Beginnings of the numbers that may ring once live: `+1`, `+4930`."""

    def allows(self, number: str) -> bool:
        """Say whether `number` may ring."""
        if self.is_simulated or number in self.listed_numbers:
            return True
        return self.is_live and number.startswith(self.allowed_prefixes)


@dataclass(frozen=True, slots=True)
class Policy:
    """The policy for the attempts of one rule at one moment."""

    rule: Rule
    """As it is live now; its caps count."""
    hours: CallingHours
    permission: DialPermission
    today: date
    """The day that the rule is asked for, on the installation's calendar."""
