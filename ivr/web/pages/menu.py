"""The page that tells what it is about and offers what can be answered."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from http import HTTPStatus

from fastapi.responses import Response

from ivr.engine.link_offer import Offer
from ivr.prompts.content_tier import ContentTier
from ivr.web.pages.turn import Turn
from ivr.web.pages.visit import Visit


def show_menu(
    turn: Turn,
    offer: Offer,
    *,
    opened: str = "",
    notice: str | None = None,
    errors: Mapping[str, str] | None = None,
    values: Mapping[str, str] | None = None,
    visit: Visit | None = None,
) -> Response:
    """Return it, with one of its answers opened, what was wrong with it, and what was written there."""
    account = turn.opened.account
    due = None if account is None else account.amount_due
    topic = turn.opened.alert.topic if turn.opened.alert else None
    told = visit or turn.visit
    return turn.show(
        "menu",
        HTTPStatus.UNPROCESSABLE_ENTITY if errors else HTTPStatus.OK,
        told.telling(None if due is None else due.minor),
        about=turn.words.about(topic, offer.details),
        answers=[answer.value for answer in offer.answers],
        opened=opened,
        notice=notice,
        errors=defaultdict(str, errors or {}),
        values=defaultdict(str, values or {}),
        may_pay=told.tier >= ContentTier.VERIFIED,
        takes_cards=offer.takes_cards,
        has_saved=offer.has_saved,
        due="" if due is None else str(due.amount),
        has_minimum=account is not None and account.minimum_to_offer is not None,
        has_least=offer.terms.asks_for_a_least,
        today=offer.today.isoformat(),
        latest=_latest(offer),
    )


def _latest(offer: Offer) -> str:
    promise = offer.details.get("promise")
    latest = promise.get("latest_on") if isinstance(promise, Mapping) else None
    return "" if latest is None else str(latest)
