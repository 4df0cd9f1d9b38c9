"""What is passed on: to the customer on another medium, to somebody else, to another program."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar, Literal

from ivr.flows.values import Values


@dataclass(frozen=True, slots=True)
class SendMessage:
    """Send a message template to the customer. `no_address`: nothing is known, or may be used."""

    results: ClassVar = ("sent", "no_address", "failed")
    failure: ClassVar = "failed"

    effect_id: int
    medium: Literal["sms", "email"]
    message: str
    """The template's name."""
    values: Values = field(default_factory=dict)
    """What the flow adds to the template's own variables."""
    kind: Literal["send_message"] = "send_message"


@dataclass(frozen=True, slots=True)
class ForwardAlert:
    """Pass the alert on to somebody else. `refused`: a rule of the land, or the number, forbids it."""

    results: ClassVar = ("done", "refused", "failed")
    failure: ClassVar = "failed"

    effect_id: int
    number: str | None = field(repr=False)
    """E.164; None: the customer gets a link, which they give to whomever they like."""
    comment: str | None = None
    """The recording of what is to be said with it."""
    kind: Literal["forward_alert"] = "forward_alert"


@dataclass(frozen=True, slots=True)
class CallWebhook:
    """Post JSON to a configured endpoint, signed. Value: `answer`, the JSON object that came back."""

    results: ClassVar = ("answered", "timed_out", "failed")
    failure: ClassVar = "failed"

    effect_id: int
    endpoint: str
    """Its name; address and key are settings of the host, so that a flow can reach nothing else."""
    send: Values
    timeout: float
    """Seconds."""
    kind: Literal["call_webhook"] = "call_webhook"
