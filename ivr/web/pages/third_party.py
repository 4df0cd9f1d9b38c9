"""What somebody does on the page to whom a customer passed a matter on. Nothing of an account is here."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from http import HTTPStatus
from urllib.parse import quote

from fastapi.responses import Response

from ivr.engine.call_third_party import CallMe, call_third_party, may_call_third_party
from ivr.outcomes.response import Response as Meant
from ivr.prompts.content_tier import ContentTier
from ivr.web.pages.turn import Turn


def first_page(turn: Turn, notice: str | None = None) -> Response:
    """Return what whoever opens the link sees: who passed something on."""
    return _show(turn, is_read=False, notice=notice)


async def answered(turn: Turn) -> Response:
    """Do what the reader chose."""
    what = turn.form.get("do")
    if what == "never":
        await turn.keep(Meant.OPTED_OUT, {"everything": True})
        return turn.tell("forwarded_never_done")
    if what == "read":
        await turn.keep(Meant.CONFIRMED)
        return _show(turn, is_read=True)
    if what == "call_me" and turn.visit.tier is ContentTier.CONFIRMED and turn.opened.alert is not None:
        return await _call(turn, turn.opened.alert.id)
    return first_page(turn, turn.say("stale"))


async def _call(turn: Turn, alert_id: str) -> Response:
    written = turn.form.get("number", "")
    world, contents = turn.desk.world, turn.desk.contents
    result = await call_third_party(world, contents, alert_id, written)
    if result is not CallMe.REFUSED:
        is_planned = result is CallMe.PLANNED
        return turn.tell("forwarded_call_done" if is_planned else "forwarded_call_under_way")
    errors = {"number": turn.say("forwarded_call_refused")}
    return _show(turn, is_read=True, errors=errors, number=written)


def _show(
    turn: Turn,
    *,
    is_read: bool,
    notice: str | None = None,
    errors: Mapping[str, str] | None = None,
    number: str = "",
) -> Response:
    alert = turn.opened.alert
    comment = alert.forwarded.comment if alert is not None and alert.forwarded is not None else None
    # Whoever has read it has pressed a button, as whoever hears it has pressed a key.
    visit = turn.visit.knowing(ContentTier.CONFIRMED) if is_read else turn.visit
    sealed = quote(turn.desk.seals.seal(visit))
    return turn.show(
        "forwarded",
        HTTPStatus.UNPROCESSABLE_ENTITY if errors else HTTPStatus.OK,
        visit,
        notice=notice,
        is_read=is_read,
        comment=f"{turn.token}/comment?page={sealed}" if is_read and comment else None,
        may_call=alert is not None and may_call_third_party(turn.content, alert),
        opened="call_me" if errors else "",
        errors=defaultdict(str, errors or {}),
        values={"number": number},
    )
