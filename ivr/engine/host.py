"""What an effect of a flow may work with: the call, whom it is with, and the world around."""

from __future__ import annotations

from dataclasses import dataclass

from ivr.accounts.suppression import KEYPAD
from ivr.engine.call_recorder import CallRecorder
from ivr.engine.content import Contents
from ivr.engine.telephony import LiveCall
from ivr.engine.world import World
from ivr.phone_number import PhoneNumber


@dataclass(frozen=True, slots=True)
class Party:
    """Whom a call is with, as far as its effects need to know.

    Of a caller only the number says who it may be: there is no alert, and nothing tells which account.
    """

    customer_id: str
    account_id: str | None
    alert_id: str | None
    address: str
    """E.164."""
    topic: str | None


@dataclass(frozen=True, slots=True)
class Host:
    """One call's surroundings."""

    world: World
    contents: Contents
    call: LiveCall
    party: Party | None
    """None for a caller whom we don't know, and for a third party to whom a customer passed an alert on."""
    address: PhoneNumber | None
    """The number at the other end; None where a caller withholds it."""
    source: str = KEYPAD
    """What a wish to be left alone is marked with that is keyed in here."""
    recorder: CallRecorder | None = None
    """None while the call is not recorded."""
