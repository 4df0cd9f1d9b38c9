"""A sender that is killed with -9: `python -m tests.unit.messaging.dying_sender POINT DATABASE PORT`."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any, cast
from zoneinfo import ZoneInfo

from ivr.accounts.contact_point import Medium
from ivr.clock import utc_now
from ivr.content_file import parse_content
from ivr.engine.content import Company, Content, Contents
from ivr.engine.deliver_messages import deliver_messages
from ivr.engine.messaging import Messaging, Outgoing
from ivr.engine.world import Owner, World
from ivr.messages.load_templates import load_templates
from ivr.messages.message import Handover
from ivr.messaging.email import SmtpMessenger, SmtpServer
from ivr.phone_number import PhoneNumber
from ivr.store.sql_store import open_store

MARIA = "maria@example.com"
POINTS = ("before", "after", "never")
"""Of the handover: when the sender dies."""


class DyingMessenger(SmtpMessenger):
    """Dies at a point of its first handover."""

    point = "never"

    async def hand_over(self, message: Outgoing) -> Handover:
        if self.point == "before":
            os.kill(os.getpid(), signal.SIGKILL)
        handover = await super().hand_over(message)
        if self.point == "after":
            os.kill(os.getpid(), signal.SIGKILL)
        return handover


def shipped_content() -> Content:
    """Return content with the shipped messages alone."""
    folder = Path(__file__).parents[3] / "messages"
    files = [parse_content(file.read_text("utf-8"), str(file)) for file in sorted(folder.glob("*.yaml"))]
    company = Company("Sample Bank", PhoneNumber("+12025550100"))
    nothing = cast("Any", None)
    return Content(company, ZoneInfo("UTC"), nothing, {}, nothing, messages=load_templates(files))


def messaging_by(port: int, point: str = "never") -> Messaging:
    """Return what hands e-mail over at a server of this machine."""
    messenger = DyingMessenger(SmtpServer("127.0.0.1", port, "none", "service@bank.test"), utc_now)
    messenger.point = point
    return Messaging({Medium.EMAIL: messenger}, frozenset({MARIA}), "https://bank.test/l")


async def deliver(point: str, database: str, port: int) -> None:
    """Take the lease and deliver what is due, once."""
    async with open_store(database) as store:
        now = utc_now()
        lease = now + timedelta(minutes=1)
        epoch = await store.write(lambda tx: tx.rule_runs.take_lease(f"engine {now}", "engine", now, lease))
        assert epoch is not None
        world = cast("Any", World)(
            store=store,
            clock=utc_now,
            owner=Owner("engine", epoch),
            messaging=messaging_by(port, point),
            **dict.fromkeys(
                ("telephony", "speech", "recordings", "studio", "gateway", "records", "webhooks")
            ),
        )
        await deliver_messages(world, Contents(shipped_content()))


if __name__ == "__main__":
    asyncio.run(deliver(sys.argv[1], sys.argv[2], int(sys.argv[3])))
