"""What an effect of a flow may work with: the call and the world around. Whom it is with, the talk knows."""

from __future__ import annotations

from dataclasses import dataclass

from ivr.accounts.suppression import KEYPAD
from ivr.engine.call_recorder import CallRecorder
from ivr.engine.content import Contents
from ivr.engine.telephony import LiveCall
from ivr.engine.world import World


@dataclass(frozen=True, slots=True)
class Host:
    """One call's surroundings."""

    world: World
    contents: Contents
    call: LiveCall
    source: str = KEYPAD
    """What a wish to be left alone is marked with that is keyed in here."""
    recorder: CallRecorder | None = None
    """None while the call is not recorded."""
