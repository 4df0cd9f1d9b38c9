"""What the API works with: one engine's use cases and read models."""

from __future__ import annotations

from dataclasses import dataclass

from fastapi import Request

from ivr.attempts.eligibility.policy import DialPermission
from ivr.engine.call_story import CallStories
from ivr.engine.content import Contents
from ivr.engine.explain_customer import CustomersExplained
from ivr.engine.world import World


@dataclass(frozen=True, slots=True)
class Desk:
    """One engine, seen from the agents' desks."""

    world: World
    contents: Contents
    stories: CallStories
    customers: CustomersExplained
    permission: DialPermission
    """What may be dialled on the line that calls go out on."""


def desk_of(request: Request) -> Desk:
    """Return the engine of the application that was asked."""
    desk: Desk = request.app.state.desk
    return desk
