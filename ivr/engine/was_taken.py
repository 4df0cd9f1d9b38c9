"""Did somebody take the call for whom a transfer was asked?

Who that was is kept with the effect, not only with the call: a call may be transferred more than once.
"""

from __future__ import annotations

from dataclasses import replace

from ivr.flows.effects import Transfer, TransferOut
from ivr.flows.events import EffectDone
from ivr.flows.state import SessionState


def taken(state: SessionState, by: str) -> SessionState:
    """Return the state in which it is known who took the call; as it is, without an open transfer."""
    match state.effect:
        case Transfer() | TransferOut() as begun:
            return replace(state, effect=replace(begun, taken_by=by))
        case _:
            return state


def served(state: SessionState) -> EffectDone | None:
    """Return the result of the open transfer if somebody took the call, and the talk is over; else None."""
    match state.effect:
        case Transfer(taken_by=str()) | TransferOut(taken_by=str()) as begun:
            return EffectDone(begun.effect_id, "done")
        case _:
            return None
