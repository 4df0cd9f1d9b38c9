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
ELSEWHERE = frozenset({"Queue", "Dial", "Wait"})
"""The dialplan's applications that have a call while it is not with us; Wait: it is on its way back."""
COME_BACK_CONTEXT = "come-back"
"""The dialplan context in which a call knocks at our application until somebody is there."""
VAULT_CONTEXT = "vault-transfer"
"""The dialplan context that dials VAULT; see `ivr.telephony.channel_variables`."""
OUTSIDE_CONTEXT = "outside-transfer"
"""The dialplan context that dials OUTSIDE."""
_NOT_REACHED = frozenset({"", "UNKNOWN", "CHANUNAVAIL", "CONGESTION", "INVALIDARGS"})
"""There is no such queue, or the way to the number is not there."""
_NAME = re.compile(r"[a-z0-9][a-z0-9-]{1,30}\Z", re.ASCII)


@dataclass(slots=True)
class QueueTransfer:
    """One stay in a queue."""

    effect_id: int | None
    """None: the call was in the queue when it was adopted, and nobody has asked for the result yet."""
    outside: str | None = None
    """The number (E.164) that is dialled for the caller, empty until an adopted call's is known.

    None: it is a queue, or the vault.
    """
    agent_answered: bool = False
    is_over: asyncio.Event = field(default_factory=asyncio.Event)
    result: str = ""

    taken_by: str | None = None
    """Who that was: a softphone's user name, or a number (E.164)."""
    _rung: dict[str, str] = field(default_factory=dict)
    """Which agent each leg rings."""

    def watch(self, event: AriEvent, call_id: str) -> bool:
        """Note when an agent takes the call, and who; return whether this event tells it."""
        if not isinstance(event, Dial) or event.caller is None or event.caller.id != call_id:
            return False
        if event.dialled:
            self._rung[event.peer.id] = taker_of(event.dialled)
        if event.status != "ANSWER":
            return False
        self.agent_answered = True
        self.taken_by = self.outside or self._rung.get(event.peer.id, self.taken_by)
        return True

    def result_on_return(self, queue_status: str) -> str:
        """Return `done`, `no_agent` or `failed` for a call that came back."""
        return "done" if self.agent_answered else result_of(queue_status)


def result_of(status: str) -> str:
    """Return `done`, `no_agent` or `failed` for what the switch says of a stay that is over.

    QUEUESTATUS is CONTINUE after an agent hung up, UNKNOWN when there is no such queue; else it tells why
    nobody took the call (JOINEMPTY, TIMEOUT, …). DIALSTATUS is ANSWER after somebody outside did, else BUSY,
    NOANSWER, …
    """
    if status in ("CONTINUE", "ANSWER"):
        return "done"
    return "failed" if status in _NOT_REACHED else "no_agent"


def taker_of(dialled: str) -> str:
    """Return whom a queue rings, or what number outside is dialled.

    It is told as `desk`, `+12025550124@provider` or `12025550124@agent-of-desks/n`.
    """
    who = dialled.partition("@")[0].rpartition("/")[2]
    return f"+{who}" if who.isdecimal() else who


def is_queue_name(queue: str) -> bool:
    """Whether `queue` may stand in the dialplan as an extension."""
    return _NAME.match(queue) is not None


def returned_with(event: StasisStart) -> str | None:
    """Return QUEUESTATUS of a call that comes back from a queue, None for any other."""
    if event.args[:1] != (RETURN_WORD,):
        return None
    return event.args[1] if len(event.args) > 1 else ""
