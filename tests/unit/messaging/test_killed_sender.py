"""kill -9 of the sender at each point of a handover: a real mail server has one mail at most, ever."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

import pytest

from ivr.accounts.contact_point import ContactPoint, Medium
from ivr.clock import utc_now
from ivr.engine.ports import CustomerRecord, Transaction
from ivr.engine.queue_message import NewMessage, queue_message
from ivr.flows.sample_variables import SAMPLE_VARIABLES
from ivr.messages.message import MessageState
from ivr.store.sql_store import open_store
from tests.contract.samples import record
from tests.mail_server import mail_server
from tests.unit.messaging.dying_sender import MARIA, deliver, messaging_by, shipped_content

ROOT = Path(__file__).parents[3]


def queue(tx: Transaction) -> None:
    known = record(1)
    email = ContactPoint("e1", "c1", Medium.EMAIL, MARIA)
    tx.customers.put(CustomerRecord(known.customer, known.accounts, [*known.contact_points, email]))
    new = NewMessage(
        "m1", Medium.EMAIL, "payment-link", "en", SAMPLE_VARIABLES, "c1", "a1", is_asked_for=True
    )
    assert queue_message(tx, shipped_content(), messaging_by(0), new, utc_now()) is not None


async def killed_sender(point: str, database: str, port: int) -> int | None:
    """Let a process deliver and die; return how it ended."""
    arguments = ("-m", "tests.unit.messaging.dying_sender", point, database, str(port))
    sender = await asyncio.create_subprocess_exec(sys.executable, *arguments, cwd=ROOT)
    return await sender.wait()


@pytest.mark.parametrize(("point", "mails"), [("before", 0), ("after", 1)])
async def test_a_killed_sender_never_sends_twice_and_what_became_of_it_is_said_to_be_unknown(
    tmp_path: Path, point: str, mails: int
) -> None:
    database = f"sqlite:///{tmp_path / 'store.db'}"
    async with open_store(database) as store:
        await store.write(queue)
    async with mail_server() as server:
        assert await killed_sender(point, database, server.port) == -9
        assert len(server.mails) == mails
        for _ in range(2):
            await deliver("never", database, server.port)
        assert len(server.mails) == mails
    async with open_store(database) as store:
        message = await store.read(lambda tx: tx.messages.get("m1"))
    assert message is not None
    assert (message.state, message.reason) == (MessageState.UNKNOWN, "interrupted")
