"""The contact plan: by which media a customer is tried, in which order, after which delay."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, field_validator

from ivr.accounts.contact_point import Medium
from ivr.duration import Duration

BUILT_MEDIA = frozenset({Medium.VOICE})
"""The media that the engine can work today; a plan naming another would wait for ever."""

MAX_STEPS = 20

ContentName = Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]{0,62}$")]
"""The name of a rule, flow, retry rule or hours: small letters, digits and hyphens, as its file is called."""


class PlanStep(BaseModel):
    """One entry of the plan. It may take several attempts."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    medium: Medium
    flow: ContentName
    """The call flow that talks to whoever answers."""
    delay: Duration = timedelta(0)
    """From the alert's beginning, or from the end of the step before."""

    @field_validator("medium")
    @classmethod
    def _is_built(cls, medium: Medium) -> Medium:
        if medium not in BUILT_MEDIA:
            raise ValueError(f"{medium} can't be used in a plan yet; use {', '.join(sorted(BUILT_MEDIA))}")
        return medium


def _has_steps(plan: tuple[PlanStep, ...]) -> tuple[PlanStep, ...]:
    if not 1 <= len(plan) <= MAX_STEPS:
        raise ValueError(f"the plan has {len(plan)} steps; write 1 to {MAX_STEPS}")
    return plan


ContactPlan = Annotated[tuple[PlanStep, ...], AfterValidator(_has_steps)]
"""The steps in their order."""
