"""The line that calls go out on: a trunk, how it is used, and whom it may ring."""

from __future__ import annotations

from dataclasses import dataclass, field

from ivr.attempts.eligibility.policy import DialPermission
from ivr.attempts.pacing import Pace
from ivr.engine.telephony import Listening
from ivr.phone_number import PhoneNumber


@dataclass(frozen=True, slots=True)
class Line:
    """One outbound line."""

    trunk: str
    is_simulated: bool
    """It leads to the simulated telephone network, where no real telephone rings."""
    caller_id: PhoneNumber | None
    pace: Pace
    max_calls: int
    """Calls at once."""
    max_duration: float
    """Seconds after which the switch itself ends a call."""
    listed_numbers: frozenset[str] = frozenset()
    """What may ring before going live."""
    allowed_prefixes: tuple[str, ...] = ()
    """What may ring once live."""
    listening: Listening | None = None
    """How it is found out who answers; None: it is not, unless a rule wants it."""
    ears: Listening = field(default_factory=Listening)
    """How it would be, where a rule wants it."""

    def listening_for(self, wanted: bool | None) -> Listening | None:
        """Return how it is found out who answers a call; `wanted` by its rule, None: as the line says."""
        if wanted is None:
            return self.listening
        return (self.listening or self.ears) if wanted else None

    def permission(self, *, is_live: bool) -> DialPermission:
        """Return what may be dialled on this line."""
        return DialPermission(self.is_simulated, is_live, self.listed_numbers, self.allowed_prefixes)
