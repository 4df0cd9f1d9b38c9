"""What programs of administrators ask about customers."""

from __future__ import annotations

from typing import Annotated

import structlog
from fastapi import APIRouter, Depends, Path

from ivr.attempts.eligibility.ask import Policies
from ivr.engine.explain_customer import explain_customer
from ivr.errors import NotFoundError
from ivr.web.access import Action, ApiClient
from ivr.web.desk import Desk, desk_of
from ivr.web.door import allowed
from ivr.web.problems import refusals
from ivr.why.explanation import Why

log = structlog.get_logger()

CustomerId = Annotated[
    str,
    Path(
        pattern=r"^[^\x00-\x1f\x7f]{1,200}$",
        description="The customer's id: one line of text, which may have slashes in it.",
    ),
]

router = APIRouter(
    prefix="/api/v1/customers", tags=["customers"], responses=refusals(401, 403, 404, 411, 413, 422, 503)
)


@router.get("/{customer_id:path}/why", summary="Why a customer is called, or is not")
async def read_why(
    customer_id: CustomerId,
    client: Annotated[ApiClient, Depends(allowed(Action.READ_WHY))],
    desk: Annotated[Desk, Depends(desk_of)],
) -> Why:
    """Return what every rule makes of each account, and every alert and try with its decisions.

    `conclusion` says when the next call is, or why none will come.
    """
    live = desk.contents.live
    policies = Policies(live.book, live.time_zone, desk.permission)
    why = await explain_customer(desk.customers, policies, customer_id, desk.world.clock())
    if why is None:
        raise NotFoundError(f"There is no customer {customer_id!r}.")
    log.info("it was read why a customer is called", client=client.name, customer=customer_id)
    return why
