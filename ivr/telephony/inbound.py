"""Calls that come in: handed to whoever talks with callers, or released."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import structlog

from ivr.ari import requests
from ivr.ari.events import StasisStart
from ivr.engine.telephony import IncomingCall, LiveCall
from ivr.errors import AriRefusedError
from ivr.telephony.ari_call import AriCall
from ivr.telephony.ari_telephony import AriTelephony
from ivr.telephony.snoop import is_snoop

OnInbound = Callable[[LiveCall, IncomingCall], Awaitable[bool]]
"""Answers the call and talks to its end; False, and nothing done, where nobody serves that number."""

INBOUND = "inbound"
"""First argument of a call from the network; the number dialled and the caller's follow."""
TEMPORARY_FAILURE = 41
"""Q.850 cause for a caller whom nobody can serve now."""

_log = structlog.get_logger(__name__)


async def receive_calls(telephony: AriTelephony, on_inbound: OnInbound) -> None:
    """Take calls that come in, until cancelled. Live calls are to be adopted before.

    A caller whom nobody serves, or whom we fail, is released. So is whoever picks up a call whose originate
    got no answer: it counts as unknown and nobody would speak.
    """
    with telephony.client.everything() as everything:
        async with asyncio.TaskGroup() as talks:
            while True:
                event = await everything.get()
                if isinstance(event, StasisStart) and _is_new(telephony, event):
                    talks.create_task(_talk(telephony, event, on_inbound))


def _is_new(telephony: AriTelephony, event: StasisStart) -> bool:
    return event.channel.id not in telephony.followers and not is_snoop(event.channel)


async def _talk(telephony: AriTelephony, event: StasisStart, on_inbound: OnInbound) -> None:
    """Serve one caller. Whatever goes wrong here stays with this call."""
    with telephony.followers.listening(event.channel.id) as listening:
        call = telephony.call_on(event.channel)
        telephony.followers.follow(call, listening)
    kind, dialled, caller, *_ = (*event.args, "", "", "")
    try:
        if not await _keep_informed(telephony, call, event):
            return
        incoming = IncomingCall(dialled, caller, event.channel.trunk)
        if kind != INBOUND:
            _log.error("call_without_owner", call_id=call.call_id, kind=kind)
            await call.hang_up_because(TEMPORARY_FAILURE)
        elif not await on_inbound(call, incoming):
            await call.hang_up_because(TEMPORARY_FAILURE)
    except Exception:  # noqa: BLE001  (it is logged with its traceback)
        _log.exception("inbound_call_failed", call_id=call.call_id)
        await call.hang_up_because(TEMPORARY_FAILURE)


async def _keep_informed(telephony: AriTelephony, call: AriCall, event: StasisStart) -> bool:
    """Be told of this call wherever it goes, as of one that we placed; False when it is over already.

    By itself Asterisk tells an application nothing more of a call that left it, not even its end.
    """
    request = requests.subscribe(telephony.client.app, [f"channel:{call.call_id}"])
    try:
        await telephony.client.send(request)
    except AriRefusedError:
        if not call.is_over:
            call.track.take_loss(event.at)
        return False
    return True
