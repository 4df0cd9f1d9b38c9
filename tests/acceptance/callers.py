"""What the tests of calls that come in have in common."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from ivr.settings import ContentSettings, InboundSettings, Settings, StudioSettings
from ivr.store.tables.calls import calls
from ivr.store.transaction import SqlTransaction
from tests.acceptance.bank import Bank
from tests.acceptance.conftest import QUICK_RULES
from tests.asterisk_pair import REPOSITORY, STUDIO_CODE

HOTLINE = "+18005550100"
PIN = "739158264018"


def settings_in(folder: Path, pin: str = PIN) -> Settings:
    """Return settings with a number for callers and a code for the studio."""
    pin_file = folder / "pin"
    pin_file.touch(mode=0o600)
    pin_file.write_text(pin, "utf-8")
    return Settings(
        home=folder / "home",
        base=REPOSITORY,
        content=ContentSettings(rules=REPOSITORY / QUICK_RULES),
        studio=StudioSettings(pin_file=pin_file),
        inbound=(
            InboundSettings(number=HOTLINE, flow="front-desk"),
            InboundSettings(number=STUDIO_CODE, flow="studio"),
        ),
    )


async def closed_calls(bank: Bank, count: int = 1) -> list[Any]:
    """Return the rows of the calls that came in once so many have ended, oldest first."""

    def found(tx: SqlTransaction) -> list[Any]:
        ended = calls.c.ended_at.is_not(None) & (calls.c.direction == "inbound")
        return list(tx.connection.execute(sa.select(calls).where(ended).order_by(calls.c.started_at)))

    rows = await bank.engine.store.read(found)
    async with asyncio.timeout(30):
        while len(rows) < count:
            await asyncio.sleep(0.05)  # the books are a database, which tells nobody
            rows = await bank.engine.store.read(found)
    return rows


async def until(holds: Callable[[], bool]) -> float:
    """Return once `holds`, with how many seconds that took; TimeoutError when it never does."""
    loop = asyncio.get_running_loop()
    began = loop.time()
    async with asyncio.timeout(60):
        while not holds():  # noqa: ASYNC110  (what is live is a value that tells nobody)
            await asyncio.sleep(0.02)
    return loop.time() - began
