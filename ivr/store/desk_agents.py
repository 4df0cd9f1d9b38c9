"""Agents on telephones elsewhere, of one transaction."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa

from ivr.engine.ports.desk_agents import DeskAgent
from ivr.store.insert import upsert
from ivr.store.tables.desk_agents import desk_agents


class SqlDeskAgents:
    """The agents with a PIN."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def get(self, agent_id: str) -> DeskAgent | None:
        query = sa.select(desk_agents).where(desk_agents.c.id == agent_id)
        row = self._connection.execute(query).first()
        return None if row is None else DeskAgent(row.id, row.number, row.pin_hash)

    def put(self, agent: DeskAgent, at: datetime) -> None:
        row = {"id": agent.id, "number": agent.number, "pin_hash": agent.pin_hash, "set_at": at}
        upsert(self._connection, desk_agents, row, key=["id"])

    def remove(self, agent_id: str) -> bool:
        gone = sa.delete(desk_agents).where(desk_agents.c.id == agent_id)
        return self._connection.execute(gone).rowcount == 1
