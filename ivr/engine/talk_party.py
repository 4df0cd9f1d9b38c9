"""Whom a call that came in is with, as far as its talk has come: the number that called is only a guess."""

from __future__ import annotations

from dataclasses import dataclass

from ivr.engine.caller import party_of_talk
from ivr.engine.host import Party
from ivr.engine.ports import NewCall, Transaction
from ivr.errors import FlowError
from ivr.flows.state import SessionState, load_state
from ivr.phone_number import PhoneNumber
from ivr.prompts.content_tier import ContentTier


@dataclass(frozen=True, slots=True)
class TalkParty:
    """Whom a call that came in is with, and how that is known."""

    party: Party | None
    """None when nothing tells who calls."""
    known_by: str
    """`proof`: they proved it; `number`: they have the number."""


def talk_party(call: NewCall, state: SessionState | None) -> TalkParty:
    """Return whom `call` is with by `state`, its last checkpoint; None: it has none yet."""
    guess = None if call.customer_id is None else Party(call.customer_id, None, None, call.number or "", None)
    if state is None:
        return TalkParty(guess, "number")
    party = party_of_talk(guess, PhoneNumber(call.number) if call.number else None, state)
    is_proved = party is not None and state.tier is ContentTier.VERIFIED
    return TalkParty(party, "proof" if is_proved else "number")


def state_of_talk(tx: Transaction, call: NewCall) -> SessionState | None:
    """Return where the talk stood at its last checkpoint; None when it has none that can be read."""
    saved = tx.calls.checkpoint(call.id)
    try:
        return None if saved is None else load_state(saved)
    except FlowError:
        return None
