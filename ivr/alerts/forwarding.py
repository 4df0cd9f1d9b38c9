"""An alert that a customer passes on: an alert of its own for somebody else, and one that tells of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from types import MappingProxyType

from ivr.accounts.contact_point import Medium
from ivr.alerts.alert import Alert, AlertState, Forwarded
from ivr.outcomes.disposition import Disposition
from ivr.rules.contact_plan import PlanStep
from ivr.rules.rule import Rule

TELLING_LASTS = timedelta(days=2)
"""How long it is of interest what came of it."""
_TOLD: Mapping[str | None, str] = {
    Disposition.RIGHT_PARTY_CONTACT: "heard",
    Disposition.AGENT_HANDLED: "agent",
    Disposition.DO_NOT_CALL: "declined",
}


def forwarded_alert(
    alert: Alert, alert_id: str, to: Forwarded, now: datetime, content_version: int | None
) -> Alert:
    """Return the alert for whom `alert` is passed on to; it ends when that would have.

    Its dedupe key is alike for the same alert and person: nobody gets one alert twice.
    """
    return replace(
        alert,
        id=alert_id,
        dedupe_key=f"forward:{to.alert_id}:{to.contact_point_id}",
        facts=MappingProxyType({"reason": "the customer passed it on"}),
        created_at=now,
        state=AlertState.OPEN,
        cycle=1,
        content_version=content_version,
        forwarded=to,
        reference=None,
        deferred_until=None,
    )


def telling_alert(passed_on: Alert, alert_id: str, now: datetime) -> Alert:
    """Return the alert that tells the customer what came of the one that they passed on."""
    return replace(
        passed_on,
        id=alert_id,
        dedupe_key=f"told:{passed_on.id}",
        facts=MappingProxyType({"reason": "what the customer passed on is over"}),
        created_at=now,
        expires_at=now + TELLING_LASTS,
        state=AlertState.OPEN,
        cycle=1,
        forwarded=None,
        tells_of=passed_on.id,
        reference=None,
        deferred_until=None,
    )


def plan_of(alert: Alert, rule: Rule) -> tuple[PlanStep, ...]:
    """Return by which steps an alert is delivered; none where the rule passes nothing on any more.

    What was passed on is a call, and so is what tells the customer of it.
    """
    if alert.forwarded is None and alert.tells_of is None:
        return rule.plan
    terms = rule.forward
    if terms is None:
        return ()
    flow = terms.told if alert.forwarded is None else terms.flow
    return () if flow is None else (PlanStep(medium=Medium.VOICE, flow=flow),)


def what_came_of_it(dispositions: Sequence[str | None]) -> str:
    """Return what a customer is told, by the dispositions of the attempts at the other person.

    `heard`, `agent` (they talked with one), `declined` (they want no such calls) or `not_reached`.
    """
    told = [_TOLD[each] for each in dispositions if each in _TOLD]
    return told[-1] if told else "not_reached"


def retry_of(alert: Alert, rule: Rule) -> str:
    """Return the name of the retry rule that an alert goes by."""
    return rule.retry if alert.forwarded is None or rule.forward is None else rule.forward.retry
