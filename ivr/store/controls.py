"""What persons decided about dialling as a whole; nothing was decided yet reads as "no"."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa

from ivr.store.tables.controls import control_changes

_LAST = (
    sa.select(control_changes.c.value)
    .where(control_changes.c.name == sa.bindparam("name"))
    .order_by(control_changes.c.id.desc())
    .limit(1)
)


class SqlControls:
    """The controls of one transaction."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def is_live(self) -> bool:
        return self._is("live")

    def is_stopped(self) -> bool:
        return self._is("stopped")

    def set_live(self, live: bool, by: str, at: datetime) -> None:
        self._set("live", live, by, at)

    def set_stopped(self, stopped: bool, by: str, at: datetime) -> None:
        self._set("stopped", stopped, by, at)

    def _is(self, name: str) -> bool:
        return bool(self._connection.execute(_LAST, {"name": name}).scalar())

    def _set(self, name: str, value: bool, by: str, at: datetime) -> None:
        row = {"name": name, "value": value, "by": by, "at": at}
        self._connection.execute(sa.insert(control_changes), row)
