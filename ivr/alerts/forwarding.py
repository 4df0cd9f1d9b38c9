"""An alert that a customer passes on: an alert of its own, about the same matter, for somebody else."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from types import MappingProxyType

from ivr.accounts.contact_point import Medium
from ivr.alerts.alert import Alert, AlertState, Forwarded
from ivr.rules.contact_plan import PlanStep
from ivr.rules.rule import Rule


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
    )


def plan_of(alert: Alert, rule: Rule) -> tuple[PlanStep, ...]:
    """Return by which steps an alert is delivered: for one that was passed on, a call; none if that ended."""
    if alert.forwarded is None:
        return rule.plan
    return () if rule.forward is None else (PlanStep(medium=Medium.VOICE, flow=rule.forward.flow),)


def retry_of(alert: Alert, rule: Rule) -> str:
    """Return the name of the retry rule that an alert goes by."""
    return rule.retry if alert.forwarded is None or rule.forward is None else rule.forward.retry
