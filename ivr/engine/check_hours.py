"""Are we open? Named hours, on the company's own clock."""

from __future__ import annotations

from datetime import datetime

import structlog

from ivr.engine.content import Content
from ivr.flows.effects import CheckHours
from ivr.flows.events import EffectDone

log = structlog.get_logger()


def check_hours(live: Content, command: CheckHours, now: datetime) -> EffectDone:
    """Judge the live hours in the installation's time zone: they are the company's, not the customer's.

    `opens_at` is on that clock; None when nothing opens in the two months ahead.
    """
    hours = live.book.hours.get(command.hours)
    if hours is None:
        log.error("there are no hours of this name", hours=command.hours)
        return EffectDone(command.effect_id, command.failure)
    zones = (live.time_zone,)
    if hours.is_open(now, zones):
        return EffectDone(command.effect_id, "open")
    opens = hours.next_open(now, zones)
    opens_at = None if opens is None else opens.astimezone(live.time_zone)
    return EffectDone(command.effect_id, "closed", {"opens_at": opens_at})
