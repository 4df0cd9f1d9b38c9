"""What programs at the agents' desks ask about calls, and tell of them."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import structlog
from fastapi import APIRouter, Depends, Header, Path
from pydantic import BaseModel, ConfigDict

from ivr.engine.call_story import CallStory
from ivr.engine.record_disposition import tell_disposition
from ivr.errors import NotFoundError
from ivr.outcomes.agent_disposition import AgentDisposition
from ivr.web.access import Action, ApiClient
from ivr.web.desk import Desk, desk_of
from ivr.web.disposition_body import DispositionBody
from ivr.web.door import allowed
from ivr.web.problems import refusals

log = structlog.get_logger()

CallId = Annotated[
    str,
    Path(pattern=r"^[A-Za-z0-9._-]{1,64}$", description="The opaque id that came with the call."),
]
IdempotencyKey = Annotated[
    str,
    Header(
        alias="Idempotency-Key",
        pattern=r"^[\x21-\x7e]{1,200}$",
        description="Your own, one for each disposition; the same again changes nothing.",
    ),
]


class KeptDisposition(BaseModel):
    """A disposition as it is kept."""

    model_config = ConfigDict(frozen=True)

    id: str
    """The key under which it stands in the customer's history."""
    call_id: str
    agent: str
    disposition: AgentDisposition
    customer_id: str | None
    account_id: str | None
    at: datetime


router = APIRouter(
    prefix="/api/v1/calls", tags=["calls"], responses=refusals(401, 403, 404, 411, 413, 422, 503)
)


@router.get("/{call_id}/story", summary="The story of a call, for whoever takes it")
async def read_story(
    call_id: CallId,
    client: Annotated[ApiClient, Depends(allowed(Action.READ_STORY))],
    desk: Annotated[Desk, Depends(desk_of)],
) -> CallStory:
    """Return what an agent needs to know before the first hello; of callers whom nobody knows, too."""
    story = await desk.stories.story(call_id, desk.world.clock())
    if story is None:
        raise NotFoundError(f"There is no call {call_id!r}.")
    log.info("a story was read", client=client.name, call=call_id)
    return story


@router.post(
    "/{call_id}/disposition", summary="What the agent says the call came to", responses=refusals(409)
)
async def record(
    call_id: CallId,
    body: DispositionBody,
    key: IdempotencyKey,
    client: Annotated[ApiClient, Depends(allowed(Action.RECORD_DISPOSITION))],
    desk: Annotated[Desk, Depends(desk_of)],
) -> KeptDisposition:
    """Keep it in the customer's history, and do at once what it means.

    `attorney`, `bankrupt`, `deceased` and `stop_contact` hold everything of the customer, `dispute` and
    `already_paid` the account. Once this is answered, nobody is called for it any more.
    """
    told = await tell_disposition(desk.world, desk.contents, body.word(call_id, key, client))
    log.info("an agent told what a call came to", client=client.name, call=call_id, id=told.id)
    return KeptDisposition(
        id=told.id,
        call_id=call_id,
        agent=told.agent,
        disposition=told.disposition,
        customer_id=told.customer_id,
        account_id=told.account_id,
        at=told.at,
    )
