"""What comes too late where somebody else settled the matter meanwhile: of two calls the first key counts."""

from __future__ import annotations

from dataclasses import dataclass

from ivr.flows.events import FlowEvent, HungUp, SettledElsewhere
from ivr.flows.state import SessionState
from ivr.outcomes.response import Effect, Response


@dataclass(frozen=True, slots=True)
class Settling:
    """A step of a talk that would settle a matter."""

    alert_id: str
    """The matter."""
    is_once: bool
    """Whether it means nothing about a matter that was settled elsewhere meanwhile."""


def settling(before: SessionState, after: SessionState) -> Settling | None:
    """Return what was meant between two states of a talk and would settle the matter that it is about."""
    party = after.line.acts_for
    meant = [
        response for response, _ in after.responses[len(before.responses) :] if _ends_the_matter(response)
    ]
    if not meant or party is None or party.alert_id is None:
        return None
    return Settling(party.alert_id, any(response.settles_once for response in meant))


def too_late(event: FlowEvent) -> FlowEvent:
    """Return what happens to a talk in the place of an event that would have settled the matter."""
    return HungUp(is_settled_elsewhere=True) if isinstance(event, HungUp) else SettledElsewhere()


def _ends_the_matter(response: Response) -> bool:
    """Say whether a response is the end of the matter: of a talk with an agent only the agent knows it."""
    return response.effect is Effect.SETTLING and response is not Response.TRANSFERRED
