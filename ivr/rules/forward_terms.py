"""How customers may pass the alerts of a rule on to somebody else."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from ivr.rules.contact_plan import ContentName


class ForwardTerms(BaseModel):
    """What whoever an alert is passed on to hears, and how often that may be.

    Hours, caps, holds and the end of the matter are those of the rule itself.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    flow: ContentName
    """The call flow that talks to them: one whose listener is a third party."""
    retry: ContentName
    """Name of the retry rule by which they are tried."""
    told: ContentName | None = None
    """The call flow that tells the customer what came of it; None: nobody calls back with that."""
    per_day: Annotated[int, Field(ge=1, le=50)] = 3
    """The most alerts that one customer passes on in any 24 hours, whichever rule made them."""
