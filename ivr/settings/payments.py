"""`[payments]`."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from pydantic import field_validator, model_validator

from ivr.payments.monthly import Monthly
from ivr.settings.section import Section


class PaymentSettings(Section):
    """Who charges the customers' cards; see docs/payments.md."""

    gateway: Literal["sandbox", "stripe"] = "sandbox"
    """`sandbox` moves no money."""
    key_file: Path | None = None
    """Holds Stripe's secret key, for its owner's eyes only (0600)."""
    events_key_file: Path | None = None
    """Holds the secret that Stripe signs its events with (`whsec_…`), 0600; without it none are taken."""
    return_url: str | None = None
    """Where a customer comes to who has agreed on their bank's page; without it there are no such pages."""
    card_keying: bool = False
    """Whether cards may be keyed in on the telephone: then host and line are in PCI scope."""

    monthly: tuple[Monthly, ...] = ()
    """What customers who have paid are offered by key: `automatic` payments, an `invitation` every month."""

    @model_validator(mode="after")
    def _stripe_has_a_key(self) -> PaymentSettings:
        if (self.gateway == "stripe") != (self.key_file is not None):
            raise ValueError("stripe, and nothing else, needs a `key_file`; give both, or neither")
        if self.events_key_file is not None and self.key_file is None:
            raise ValueError("events are signed by stripe alone; take `events_key_file` out, or use stripe")
        return self

    @field_validator("return_url")
    @classmethod
    def _is_a_page(cls, value: str | None) -> str | None:
        if value is not None and not value.startswith("https://"):
            raise ValueError(f"{value!r} is no safe page; write one like https://bank.example.com/thanks")
        return value
