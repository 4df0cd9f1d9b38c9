"""What customers chose about the alerts of single rules."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from ivr.rules.alert_choice import AlertChoice


@dataclass(frozen=True, slots=True)
class NewAlertChoice:
    """All that a customer chose about a rule by now, with the evidence of the last word."""

    customer_id: str
    rule: str
    choice: AlertChoice
    chosen_at: datetime
    call_id: str
    content_version: int | None
    """The published version that was heard."""


class AlertChoices(Protocol):
    """Choices, one per customer and rule."""

    def keep(self, new: NewAlertChoice) -> None:
        """Keep one in the place of what the customer chose about that rule before."""
        ...

    def of(self, customer_ids: Collection[str]) -> Mapping[str, Mapping[str, AlertChoice]]:
        """Return the choices of customers by the rule's name, by customer; of who chose nothing none."""
        ...
