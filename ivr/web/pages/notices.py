"""What the payment provider posts to us by itself: something became of a payment, which is then looked up."""

from __future__ import annotations

from http import HTTPStatus

import structlog
from fastapi import Request
from fastapi.responses import Response

from ivr.engine.return_from_page import return_from_page
from ivr.errors import GatewayError
from ivr.payments.gateway import PaymentNotices
from ivr.web.pages.desk import PageDesk
from ivr.web.pages.form import body_of
from ivr.web.pages.rate import neighbourhood

log = structlog.get_logger()

MOST_BYTES = 65_536


async def take_notice(desk: PageDesk, notices: PaymentNotices, request: Request) -> Response:
    """Have what the notice is about looked up. Whoever sends what the provider has not signed is held up."""
    address, now = neighbourhood(request.client.host if request.client else ""), desk.world.clock()
    if desk.guesses.is_used_up(address, now):
        return Response(status_code=HTTPStatus.TOO_MANY_REQUESTS)
    try:
        intent_id = notices.intent_of(request.headers, await body_of(request, MOST_BYTES))
    except GatewayError as error:
        desk.guesses.allows(address, now)
        log.warning("a notice about a payment was refused", address=address, error=str(error))
        return Response(status_code=HTTPStatus.BAD_REQUEST)
    if intent_id is not None:
        await return_from_page(desk.world, desk.contents, intent_id)
    return Response(status_code=HTTPStatus.NO_CONTENT)
