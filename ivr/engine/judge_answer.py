"""What a talk that is over tells of who answered it."""

from __future__ import annotations

from ivr.calls.aftermath import Aftermath
from ivr.calls.answered_by import AnsweredBy
from ivr.flows.state import SessionState
from ivr.outcomes.response import Response
from ivr.prompts.content_tier import ContentTier


def answered_by(state: SessionState | None) -> AnsweredBy:
    """Return who answered, as far as is known by the end: whoever pressed a key is a person, whatever was
    heard."""
    if state is None:
        return AnsweredBy.UNKNOWN
    return AnsweredBy.HUMAN if _has_pressed(state) else state.answered_by


def aftermath_of(state: SessionState) -> Aftermath:
    """Return what the verdict of the ears is held against."""
    if state.tier > ContentTier.ANYONE:
        return Aftermath.VERIFIED
    if _has_pressed(state):
        return Aftermath.PRESSED
    hung_up = any(response is Response.HUNG_UP for response, _ in state.responses)
    return Aftermath.HUNG_UP if hung_up else Aftermath.NO_KEY


def _has_pressed(state: SessionState) -> bool:
    return state.opening == ()
