"""The agents of the running switch: who is there, and a pause that somebody else begins or ends."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ivr.accounts.guessable_pin import is_easily_guessed
from ivr.accounts.known_factors import KnownFactors
from ivr.engine.pin_hash import hash_pin
from ivr.engine.ports.desk_agents import DeskAgent
from ivr.errors import UsageError
from ivr.settings import Settings
from ivr.switch import process
from ivr.switch.connection import SwitchConnection
from ivr.switch.instance import Instance
from ivr.telephony.ami_client import AmiClient
from ivr.telephony.ami_values import QueueMember

_ID = re.compile(r"[0-9]{3,8}\Z", re.ASCII)
_PIN = re.compile(r"[0-9]{6,12}\Z", re.ASCII)


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


async def agent_with_pin(settings: Settings, agent_id: str, number: str, pin: str) -> DeskAgent:
    """Return an agent who may log in by telephone; raises UsageError for what can't be used."""
    if not _ID.match(agent_id):
        raise UsageError(f"{agent_id!r} is no agent's id; use 3 to 8 digits")
    if not any(number in queue.numbers for queue in settings.queues):
        raise UsageError(f"no queue of the settings rings {number!r}; name one of `numbers`")
    if not _PIN.match(pin):
        raise UsageError("this is no PIN; use 6 to 12 digits")
    if is_easily_guessed(pin, KnownFactors()) or pin.endswith(agent_id):
        raise UsageError("this PIN is easily guessed; use digits without a pattern")
    return DeskAgent(agent_id, number, await hash_pin(pin))


def _places(settings: Settings, who: str) -> Iterator[tuple[str, str]]:
    """Yield each queue that names the agent, and what Asterisk rings there."""
    for queue in settings.queues:
        if who in queue.members:
            yield queue.name, f"PJSIP/{who}"
        if who in queue.numbers:
            yield queue.name, f"Local/{who}@agent-of-{queue.name}/n"
