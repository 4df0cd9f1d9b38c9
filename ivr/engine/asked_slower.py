"""How often a customer asked in a talk to be spoken to more slowly."""

from __future__ import annotations

from ivr.flows.state import SessionState
from ivr.outcomes.response import Response
from ivr.prompts.content_tier import ContentTier
from ivr.tempo import Tempo


def times_asked_slower(state: SessionState | None, least: ContentTier) -> int:
    """Return how often it was asked for; 0 for who took it back, and for who may be somebody else.

    `least` is how sure we must be that it was the customer.
    """
    if state is None or state.line.tier < least or state.tempo is Tempo.USUAL:
        return 0
    return sum(response is Response.SLOWER for response, _ in state.responses)
