"""The page that a customer comes back to from the provider's: whether it was paid, and nothing else."""

from __future__ import annotations

from collections.abc import Mapping

from fastapi.responses import Response

from ivr.engine.return_from_page import Returned
from ivr.engine.session_variables import company_variables
from ivr.messages.page_words import PageWords
from ivr.payments.intent import IntentState
from ivr.web.pages.desk import PageDesk
from ivr.web.pages.render import held_together, page

_NOT_PAID, _CHECKING = ("back_not_paid", "back_again"), ("back_checking", "back_wait")
_WORDS: Mapping[IntentState, tuple[str, str]] = {
    IntentState.SUCCEEDED: ("back_paid", "close"),
    IntentState.REQUIRES_ACTION: _NOT_PAID,
    IntentState.DECLINED: _NOT_PAID,
    IntentState.CANCELLED: _NOT_PAID,
    IntentState.PENDING: _CHECKING,
    IntentState.UNKNOWN: _CHECKING,
}
"""What is told, and what the customer can do then."""


def came_back(desk: PageDesk, words: PageWords, returned: Returned) -> Response:
    """Say what became of a payment, and nothing of the account: the provider knows the address, too."""
    content = desk.contents.live
    company = content.company_for(returned.rule)
    today = desk.world.clock().astimezone(content.time_zone).date()
    variables = {**company_variables(company, today), "customer": {"name": ""}}
    told, then = (held_together(words.say(word, variables)) for word in _WORDS[returned.state])
    return page("back", words, company, variables, {"told": told, "then": then})
