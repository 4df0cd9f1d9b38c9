"""The addresses of pages: `/l/<token>`, what lies under it, and where people come back to who paid."""

from __future__ import annotations

import re
from datetime import datetime
from functools import partial
from http import HTTPStatus

import structlog
from fastapi import FastAPI, Request
from fastapi.responses import FileResponse, Response
from starlette.exceptions import HTTPException

from ivr.engine.link_offer import Offer, offer_of
from ivr.engine.open_link import LinkState, OpenedLink, open_link
from ivr.engine.ports import Transaction
from ivr.engine.return_from_page import return_from_page
from ivr.errors import RecordingError, StoreError
from ivr.messages.page_words import words_in
from ivr.prompts.content_tier import ContentTier
from ivr.web.pages import customer, third_party
from ivr.web.pages.coming_back import came_back
from ivr.web.pages.desk import PageDesk
from ivr.web.pages.form import MOST_BYTES, body_of, read_form
from ivr.web.pages.notices import take_notice
from ivr.web.pages.render import HEADERS, plain
from ivr.web.pages.safe_headers import SafeHeaders
from ivr.web.pages.strangers import guessed, received, told, unknown, words_for
from ivr.web.pages.turn import Turn
from ivr.web.pages.visit import new_visit

log = structlog.get_logger()

PREFIX = "/l/"
BACK = f"{PREFIX}back/"
"""Where people come back to from the payment provider's page."""
NOTICES = f"{PREFIX}payments"
"""Where the payment provider tells what became of payments; too short for a token."""
_TOKEN = re.compile(r"[A-Za-z0-9_-]{10,64}\Z", re.ASCII)


def create_pages(desk: PageDesk) -> FastAPI:
    """Return the application that shows the pages of one engine's links. It logs no address of a page."""
    pages = FastAPI(openapi_url=None, redirect_slashes=False)
    pages.state.desk = desk
    pages.add_api_route(NOTICES, _notice, methods=["POST"], response_model=None)
    address = f"{PREFIX}{{token}}"
    pages.add_api_route(address, _show, methods=["GET", "HEAD"], response_model=None)
    pages.add_api_route(address, _take, methods=["POST"], response_model=None)
    pages.add_api_route(f"{address}/comment", _comment, methods=["GET"], response_model=None)
    pages.add_api_route(f"{BACK}{{intent_id}}", _back, methods=["GET"], response_model=None)
    pages.add_exception_handler(HTTPException, _refused)
    pages.add_exception_handler(StoreError, _out_of_reach)
    pages.add_exception_handler(Exception, _broken)
    # The framework answers by itself, too: a Range of a recording that can't be had, for one.
    pages.add_middleware(SafeHeaders, headers=HEADERS)
    return pages


def _desk_of(request: Request) -> PageDesk:
    desk: PageDesk = request.app.state.desk
    return desk


async def _show(token: str, request: Request) -> Response:
    """Show what a link leads to. Nothing is settled by that: programs that read mail do it, too."""
    turn = await _turn(_desk_of(request), token, request)
    if isinstance(turn, Response):
        return turn
    if turn.opened.is_for_third_party:
        return third_party.first_page(turn)
    return customer.first_page(turn)


async def _take(token: str, request: Request) -> Response:
    """Take what was chosen on a page of ours."""
    turn = await _turn(_desk_of(request), token, request)
    if isinstance(turn, Response):
        return turn
    if not turn.form:
        return _first(turn, turn.say("stale"))
    if turn.opened.is_for_third_party:
        return await third_party.answered(turn)
    if turn.offer is None:
        return customer.first_page(turn)
    return await customer.answered(turn, turn.offer)


def _first(turn: Turn, notice: str) -> Response:
    shown = third_party.first_page if turn.opened.is_for_third_party else customer.first_page
    return shown(turn, notice)


async def _comment(token: str, request: Request) -> Response:
    """Play what the customer said, to somebody who has opened the message."""
    turn = await _turn(_desk_of(request), token, request, request.query_params.get("page", ""))
    if isinstance(turn, Response):
        return turn
    alert = turn.opened.alert
    comment = alert.forwarded.comment if alert is not None and alert.forwarded is not None else None
    if comment is None or turn.visit.tier < ContentTier.CONFIRMED:
        return unknown(turn.desk, turn.words)
    try:
        file = turn.desk.world.recordings.file(comment)
    except RecordingError:
        return unknown(turn.desk, turn.words)
    if not file.is_file():
        return unknown(turn.desk, turn.words)
    return FileResponse(file, media_type="audio/wav")


async def _notice(request: Request) -> Response:
    """Take what the payment provider tells; nobody is told anything where it can't."""
    desk = _desk_of(request)
    if desk.notices is None:
        raise HTTPException(HTTPStatus.NOT_FOUND)
    return await take_notice(desk, desk.notices, request)


async def _back(intent_id: str, request: Request) -> Response:
    """Say what became of a payment to somebody who comes back from the provider's page."""
    desk = _desk_of(request)
    reader = received(desk, intent_id, request)
    if isinstance(reader, Response):
        return reader
    words, address = reader
    returned = await return_from_page(desk.world, desk.contents, intent_id)
    if returned is None:
        return guessed(desk, words, address)
    words = words_in(desk.contents.live.pages, returned.language) or words
    return came_back(desk, words, returned)


async def _turn(desk: PageDesk, token: str, request: Request, sealed: str | None = None) -> Turn | Response:
    """Return the request with all that belongs to it, or what is answered in its place."""
    content, now = desk.contents.live, desk.world.clock()
    reader = received(desk, token, request)
    if isinstance(reader, Response):
        return reader
    words, address = reader
    form = await _form(request) if sealed is None else {"page": sealed}
    opened, offer = await desk.world.store.write(partial(_open, desk=desk, token=token, now=now))
    if opened is None:
        return guessed(desk, words, address)
    words = words_in(content.pages, opened.message.language) or words
    if opened.state is LinkState.EXPIRED:
        return told(desk, words, "expired", HTTPStatus.GONE)
    visit = desk.seals.open(form.get("page", ""), opened.link.id, now) if form else None
    if visit is None:
        form = {}
    made = new_visit(opened.link.id, now)
    return Turn(desk, content, words, opened, visit or made, now, token, form, offer)


def _open(
    tx: Transaction, *, desk: PageDesk, token: str, now: datetime
) -> tuple[OpenedLink | None, Offer | None]:
    opened = open_link(tx, token, now) if _TOKEN.match(token) else None
    if opened is None or opened.is_for_third_party or opened.customer is None:
        return opened, None
    takes_cards = desk.world.hosted_pages is not None
    return opened, offer_of(tx, desk.contents.live, opened, now, takes_cards=takes_cards)


async def _form(request: Request) -> dict[str, str]:
    if request.method != "POST":
        return {}
    return read_form(await body_of(request, MOST_BYTES))


async def _refused(request: Request, error: Exception) -> Response:
    """Answer what is asked of no page: an address that is none, a method that none takes."""
    desk, status = _desk_of(request), HTTPStatus.NOT_FOUND
    if isinstance(error, HTTPException):
        status = HTTPStatus(error.status_code)
    words = words_for(desk, request)
    if words is None:
        return plain(desk.contents.live.company, status)
    return told(desk, words, "unknown", status, _allow(request, status))


def _allow(request: Request, status: HTTPStatus) -> dict[str, str]:
    if status is not HTTPStatus.METHOD_NOT_ALLOWED:
        return {}
    path = request.url.path
    is_shown_only = path.endswith("/comment") or path.startswith(BACK)
    return {"Allow": "GET" if is_shown_only else "GET, HEAD, POST"}


async def _out_of_reach(request: Request, error: Exception) -> Response:
    log.error("the store is out of reach", error=str(error))
    return plain(_desk_of(request).contents.live.company, HTTPStatus.SERVICE_UNAVAILABLE)


async def _broken(request: Request, _error: Exception) -> Response:
    # The server logs the error itself, which names no address.
    return plain(_desk_of(request).contents.live.company, HTTPStatus.INTERNAL_SERVER_ERROR)
