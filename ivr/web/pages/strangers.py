"""Somebody asks of whom nothing is known yet: in which language, how often, and what is said to them."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus

import structlog
from fastapi import Request
from fastapi.responses import Response

from ivr.engine.session_variables import company_variables
from ivr.messages.link import token_hash
from ivr.messages.page_words import PageWords, words_in
from ivr.web.pages.desk import PageDesk
from ivr.web.pages.rate import neighbourhood
from ivr.web.pages.render import page, plain

log = structlog.get_logger()

_WAIT_SECONDS = "300"


def received(desk: PageDesk, key: str, request: Request) -> tuple[PageWords, str] | Response:
    """Return the words for whoever asks and where they ask from, or why they are answered nothing else.

    Requests are counted by where they come from and by `key`, what they ask for.
    """
    words = words_for(desk, request)
    if words is None:
        log.error("the live content has no words for pages")
        return plain(desk.contents.live.company, HTTPStatus.SERVICE_UNAVAILABLE)
    address = neighbourhood(request.client.host if request.client else "")
    if _is_too_often(desk, key, address):
        return told(desk, words, "too_often", HTTPStatus.TOO_MANY_REQUESTS, {"Retry-After": _WAIT_SECONDS})
    return words, address


def words_for(desk: PageDesk, request: Request) -> PageWords | None:
    """Return the words in the first language that a browser asks for and pages are written in."""
    pages = desk.contents.live.pages
    asked = (each.strip()[:2].lower() for each in request.headers.get("accept-language", "").split(","))
    return words_in(pages, next((language for language in asked if language in pages), ""))


def guessed(desk: PageDesk, words: PageWords, address: str) -> Response:
    """Answer what is not there, and count it: whoever asks for much of that is held up."""
    desk.guesses.allows(address, desk.world.clock())
    return unknown(desk, words)


def unknown(desk: PageDesk, words: PageWords) -> Response:
    """Say that there is no such page."""
    return told(desk, words, "unknown", HTTPStatus.NOT_FOUND)


def told(
    desk: PageDesk,
    words: PageWords,
    word: str,
    status: HTTPStatus,
    headers: Mapping[str, str] | None = None,
) -> Response:
    """Return a page for somebody of whom nothing is known, not even whom the link was for."""
    content = desk.contents.live
    today = desk.world.clock().astimezone(content.time_zone).date()
    variables = {**company_variables(content.company, today), "customer": {"name": ""}}
    more = {"told": words.say(word, variables), "is_done": False}
    return page("told", words, content.company, variables, more, status, headers)


def _is_too_often(desk: PageDesk, key: str, address: str) -> bool:
    now = desk.world.clock()
    if desk.guesses.is_used_up(address, now):
        log.warning("somebody tries links that are not there", address=address)
        return True
    # Both are counted, whatever the first one says.
    return not all([desk.by_address.allows(address, now), desk.by_link.allows(token_hash(key), now)])
