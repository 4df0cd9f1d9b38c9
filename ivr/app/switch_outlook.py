"""What a running switch sees beyond itself: whether the carriers know us, and who waits for an agent."""

from __future__ import annotations

from dataclasses import dataclass

from ivr.switch.connection import SwitchConnection
from ivr.telephony.ami_client import AmiClient
from ivr.telephony.ami_values import QueueSummary, Registration


@dataclass(frozen=True, slots=True)
class Beyond:
    """Trunks that register, and queues."""

    registrations: tuple[Registration, ...] = ()
    queues: tuple[QueueSummary, ...] = ()


async def look_beyond(connection: SwitchConnection) -> Beyond:
    """Ask over the manager interface; raises AmiError when it does not answer."""
    ami = AmiClient(connection.ami_host, connection.ami_port, connection.ami_user, connection.ami_password)
    async with ami:
        await ami.connect()
        return Beyond(await ami.registrations(), await ami.queue_summary())
