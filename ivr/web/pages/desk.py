"""What the pages work with: one engine, its seals, and how often anybody may ask."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from datetime import timedelta

from ivr.engine.content import Contents
from ivr.engine.world import World
from ivr.payments.gateway import PaymentNotices
from ivr.web.pages.rate import Rate
from ivr.web.pages.visit import Seals


@dataclass(frozen=True, slots=True)
class PageDesk:
    """One engine, seen from the pages behind links."""

    world: World
    contents: Contents
    seals: Seals = field(default_factory=lambda: Seals(secrets.token_bytes(32)))
    by_link: Rate = field(default_factory=lambda: Rate(30, timedelta(minutes=5)))
    by_address: Rate = field(default_factory=lambda: Rate(120, timedelta(minutes=5)))
    guesses: Rate = field(default_factory=lambda: Rate(10, timedelta(minutes=30)))
    """Of links that are not there, by address."""
    notices: PaymentNotices | None = None
    """Reads what the payment provider tells by itself; None: it is not listened to."""
