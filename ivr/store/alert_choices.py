"""What customers chose about the alerts of single rules."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import time

import sqlalchemy as sa

from ivr.engine.ports.alert_choices import NewAlertChoice
from ivr.money import Money
from ivr.rules.alert_choice import AlertChoice
from ivr.store.insert import upsert
from ivr.store.rows import AnyRow
from ivr.store.tables.alert_choices import alert_choices


class SqlAlertChoices:
    """Choices of one transaction."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def keep(self, new: NewAlertChoice) -> None:
        chosen = new.choice
        row = {
            "customer_id": new.customer_id,
            "rule": new.rule,
            "wanted": chosen.wanted,
            "threshold_minor": None if chosen.threshold is None else chosen.threshold.minor,
            "currency": None if chosen.threshold is None else chosen.threshold.currency,
            "at": None if chosen.at is None else f"{chosen.at:%H:%M}",
            "chosen_at": new.chosen_at,
            "call_id": new.call_id,
            "content_version": new.content_version,
        }
        upsert(self._connection, alert_choices, row, key=["customer_id", "rule"])

    def of(self, customer_ids: Collection[str]) -> Mapping[str, Mapping[str, AlertChoice]]:
        found: defaultdict[str, dict[str, AlertChoice]] = defaultdict(dict)
        theirs = alert_choices.c.customer_id.in_(list(customer_ids))
        for row in self._connection.execute(sa.select(alert_choices).where(theirs)):
            found[row.customer_id][row.rule] = _choice_of(row)
        return found


def _choice_of(row: AnyRow) -> AlertChoice:
    return AlertChoice(
        wanted=row.wanted,
        threshold=None if row.threshold_minor is None else Money(row.threshold_minor, row.currency),
        at=None if row.at is None else time.fromisoformat(row.at),
    )
