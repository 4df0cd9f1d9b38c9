"""What an effect of a flow may work with: the call, whom it is with, and the world around."""

from __future__ import annotations

from dataclasses import dataclass

from ivr.engine.content import Contents
from ivr.engine.telephony import LiveCall
from ivr.engine.world import World


@dataclass(frozen=True, slots=True)
class Party:
    """Whom a call is with, as far as its effects need to know."""

    customer_id: str
    account_id: str
    alert_id: str
    address: str
    """E.164."""
    topic: str


@dataclass(frozen=True, slots=True)
class Host:
    """One call's surroundings."""

    world: World
    contents: Contents
    call: LiveCall
    party: Party
