"""Whether somebody knows what only the right person does."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal

from ivr.flows.factor import Factor


@dataclass(frozen=True, slots=True)
class CheckFactor:
    """Compare keyed digits with what the customer store holds.

    `locked`: too many failures, over all calls, for now; `unavailable`: nothing is stored to compare with.
    """

    results: ClassVar = ("match", "no_match", "locked", "unavailable")
    failure: ClassVar = "unavailable"

    effect_id: int
    factor: Factor
    secret: str
    """Handle of the keyed digits."""
    kind: Literal["check_factor"] = "check_factor"


@dataclass(frozen=True, slots=True)
class SetPin:
    """Store a new PIN. `differ`: the two entries are not alike; `refused`: too easily guessed."""

    results: ClassVar = ("done", "differ", "refused", "failed")
    failure: ClassVar = "failed"

    effect_id: int
    secret: str
    """Handle of the new PIN."""
    again: str
    """Handle of the same, keyed a second time."""
    kind: Literal["set_pin"] = "set_pin"


@dataclass(frozen=True, slots=True)
class CheckPin:
    """Compare keyed digits with the studio's PIN.

    `locked`: too many wrong ones, over all calls, for now; `closed`: there is no PIN, and nobody gets in.
    """

    results: ClassVar = ("match", "no_match", "locked", "closed")
    failure: ClassVar = "closed"

    effect_id: int
    secret: str
    """Handle of the keyed digits."""
    kind: Literal["check_pin"] = "check_pin"
