"""What a customer chooses about single alerts: which they hear of, from which amount on, at what time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal

from ivr.money import Money


@dataclass(frozen=True, slots=True)
class NextAlert:
    """Find the next alert about which a customer may choose something. Values: `choice`, what there is to
    choose of it and what they chose, in the place of the host's.

    `none`: there is none after it.
    """

    results: ClassVar = ("found", "none", "failed")
    failure: ClassVar = "failed"

    effect_id: int
    after: str | None
    """The rule whose alert was the last one; None: the first."""
    kind: Literal["next_alert"] = "next_alert"


@dataclass(frozen=True, slots=True)
class ChooseAlert:
    """Keep what a customer chose about a rule's alerts; one of the three is given.

    `refused`: the rule does not leave that to them, or not this amount or time.
    """

    results: ClassVar = ("done", "refused", "failed")
    failure: ClassVar = "failed"

    effect_id: int
    rule: str
    threshold: Money | None = None
    at: str | None = None
    """`09:00`, on the customer's clock."""
    wanted: bool | None = None
    kind: Literal["choose_alert"] = "choose_alert"
