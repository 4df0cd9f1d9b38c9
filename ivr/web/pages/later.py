"""Call me later: at a moment at which the rule may call."""

from __future__ import annotations

from datetime import datetime

from fastapi.responses import Response

from ivr.engine.link_offer import Offer, PageAnswer, party_of_link
from ivr.engine.request_callback import callback_moment
from ivr.flows.effects import RequestCallback
from ivr.outcomes.response import Response as Meant
from ivr.web.pages.form import time_in
from ivr.web.pages.menu import show_menu
from ivr.web.pages.turn import Turn

_MINUTES = {"hour": 60, "tomorrow": 24 * 60}


async def call_later(turn: Turn, offer: Offer) -> Response:
    """Put the matter off, on every medium, to the moment that was chosen."""
    party, when, written = party_of_link(turn.opened), turn.form.get("when", ""), turn.form.get("clock", "")
    values = {"when": when, "clock": written}
    at = None if when in _MINUTES else time_in(written)
    if party is None:
        return turn.tell("later_failed")
    if when not in _MINUTES and at is None:
        errors = {"clock": turn.say("bad_time")}
        return show_menu(turn, offer, opened=PageAnswer.LATER, errors=errors, values=values)
    command = RequestCallback(0, _MINUTES.get(when), at)
    done = await callback_moment(turn.desk.world, turn.desk.contents, party, None, command)
    moment = done.values.get("moment")
    if done.result == "closed":
        errors = {"later": turn.say("later_closed")}
        return show_menu(turn, offer, opened=PageAnswer.LATER, errors=errors, values=values)
    if not isinstance(moment, datetime):
        return turn.tell("later_failed")
    # To the minute, as it is told: the same page sent twice in a moment is one answer.
    moment = moment.replace(second=0, microsecond=0)
    if not await turn.keep(Meant.CALL_LATER, {"moment": moment.isoformat()}):
        return turn.tell("settled")
    return turn.tell("later_done", brought={"day": moment.date(), "time": moment.time()})
