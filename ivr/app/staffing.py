"""The engine's view of the queues of agents, over the switch's manager interface."""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import structlog

from ivr.ari.backoff import backoff_delays
from ivr.engine.ports.staffing import Staffing
from ivr.errors import AmiError
from ivr.switch.connection import SwitchConnection
from ivr.telephony.ami_client import AmiClient
from ivr.telephony.ami_staffing import AmiStaffing

log = structlog.get_logger()

ANSWER_SECONDS = 2.0
"""How long a caller waits in silence for the manager interface."""


@asynccontextmanager
async def staffing_of(connection: SwitchConnection) -> AsyncIterator[Staffing | None]:
    """Give what knows the queues while the context lasts; None where the settings name no manager user.

    A manager interface that is away holds nobody up: it is tried again, and until then nobody knows.
    """
    if not connection.ami_user:
        yield None
        return
    async with AmiClient(
        connection.ami_host,
        connection.ami_port,
        connection.ami_user,
        connection.ami_password,
        action_timeout_s=ANSWER_SECONDS,
    ) as ami:
        connecting = asyncio.create_task(_connect(ami), name="manager interface")
        try:
            await asyncio.wait({connecting}, timeout=ANSWER_SECONDS)
            yield AmiStaffing(ami)
        finally:
            connecting.cancel()
            await asyncio.gather(connecting, return_exceptions=True)


async def _connect(ami: AmiClient) -> None:
    for delay in backoff_delays(random.Random()):
        try:
            return await ami.connect()
        except AmiError as error:
            log.warning("no manager interface: who is free is not known", error=str(error))
        await asyncio.sleep(delay)
    raise AssertionError("the delays between tries to connect ended; they must not")
