"""The page of the payment provider on which somebody types in a card, so that no card comes near us."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class HostedPage:
    """What the provider's page for one payment is told. It has to be alike whenever it is asked for again."""

    title: str
    """What is paid, as the customer reads it there."""
    language: str
    return_url: str
    """Where the customer comes back to, paid or not."""
    expires_at: datetime
    """After that nobody can pay there any more."""
