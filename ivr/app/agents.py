"""The agents of the running switch: who is there, and a pause that somebody else begins or ends."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ivr.errors import UsageError
from ivr.settings import Settings
from ivr.switch import process
from ivr.switch.connection import SwitchConnection
from ivr.switch.instance import Instance
from ivr.telephony.ami_client import AmiClient
from ivr.telephony.ami_values import QueueMember


async def agents_now(connection: SwitchConnection) -> Sequence[QueueMember]:
    """Return the agents, once for each queue; raises AmiError when the manager interface does not answer."""
    ami = AmiClient(connection.ami_host, connection.ami_port, connection.ami_user, connection.ami_password)
    async with ami:
        await ami.connect()
        return await ami.queue_members()


def set_pause(settings: Settings, instance: Instance, who: str, *, paused: bool) -> Sequence[str]:
    """Pause or resume an agent in all queues that name them; return those queues.

    `who` is a softphone's user name or an agent's number. Raises UsageError when no queue names them.
    """
    places = dict(_places(settings, who))
    if not places:
        raise UsageError(f"no queue of the settings has an agent {who!r}; name one of `members` or `numbers`")
    for queue, interface in places.items():
        process.cli(instance, f"queue {'pause' if paused else 'unpause'} member {interface} queue {queue}")
    return tuple(places)


def _places(settings: Settings, who: str) -> Iterator[tuple[str, str]]:
    """Yield each queue that names the agent, and what Asterisk rings there."""
    for queue in settings.queues:
        if who in queue.members:
            yield queue.name, f"PJSIP/{who}"
        if who in queue.numbers:
            yield queue.name, f"Local/{who}@agent-of-{queue.name}/n"
