"""A call in the hands of a queue or of somebody outside: what went on there, and how it came out."""

from __future__ import annotations

import asyncio
import re
from dataclasses import dataclass, field

from ivr.ari.events import AriEvent, Dial, StasisStart

QUEUE_CONTEXT = "queue-transfer"
"""The dialplan context whose extension is a queue's name."""
RETURN_WORD = "afterqueue"
"""First argument of the StasisStart by which the call comes back; the second is QUEUESTATUS."""
ELSEWHERE = frozenset({"Queue", "Dial"})
"""The dialplan's applications that have a call while it is not with us."""
VAULT_CONTEXT = "vault-transfer"
"""The dialplan context that dials VAULT; see `ivr.telephony.channel_variables`."""
_NAME = re.compile(r"[a-z0-9][a-z0-9-]{1,30}\Z", re.ASCII)


@dataclass(slots=True)
class QueueTransfer:
    """One stay in a queue."""

    effect_id: int | None
    """None: the call was in the queue when it was adopted, and nobody has asked for the result yet."""
    agent_answered: bool = False
    is_over: asyncio.Event = field(default_factory=asyncio.Event)
    result: str = ""

    def watch(self, event: AriEvent, call_id: str) -> None:
        """Note when an agent takes the call."""
        if isinstance(event, Dial) and event.status == "ANSWER" and event.caller is not None:
            self.agent_answered = self.agent_answered or event.caller.id == call_id

    def result_on_return(self, queue_status: str) -> str:
        """Return `done`, `no_agent` or `failed` for a call that came back.

        QUEUESTATUS is CONTINUE after an agent hung up, UNKNOWN when there is no such queue; else it tells
        why nobody took the call (JOINEMPTY, TIMEOUT, …). DIALSTATUS is ANSWER after somebody outside did.
        """
        if self.agent_answered or queue_status in ("CONTINUE", "ANSWER"):
            return "done"
        return "failed" if queue_status in ("", "UNKNOWN") else "no_agent"


def is_queue_name(queue: str) -> bool:
    """Whether `queue` may stand in the dialplan as an extension."""
    return _NAME.match(queue) is not None


def returned_with(event: StasisStart) -> str | None:
    """Return QUEUESTATUS of a call that comes back from a queue, None for any other."""
    if event.args[:1] != (RETURN_WORD,):
        return None
    return event.args[1] if len(event.args) > 1 else ""
