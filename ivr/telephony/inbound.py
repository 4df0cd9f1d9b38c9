"""Calls that come in: answered, put under a time limit, and handed to whoever talks with callers."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta

import structlog

from ivr.ari import requests
from ivr.ari.events import StasisStart
from ivr.errors import AriRefusedError
from ivr.telephony.ari_call import AriCall
from ivr.telephony.ari_telephony import AriTelephony
from ivr.telephony.originate_order import call_variables

OnInbound = Callable[[AriCall, str, str], Awaitable[None]]
"""Talks on an answered call to its end; gets the number dialled and the caller's (empty if withheld)."""

INBOUND = "inbound"
"""First argument of a call from the network; the number dialled and the caller's follow."""
TEMPORARY_FAILURE = 41
"""Q.850 cause for a caller whom nobody can serve now."""

_log = structlog.get_logger(__name__)


async def receive_calls(
    telephony: AriTelephony, on_inbound: OnInbound | None, longest: timedelta = timedelta(hours=1)
) -> None:
    """Take calls that come in, until cancelled. Live calls are to be adopted before.

    Without `on_inbound`, and when it fails, the caller is released. So is whoever picks up a call whose
    originate got no answer: it counts as unknown and nobody would speak.
    """
    with telephony.client.everything() as everything:
        async with asyncio.TaskGroup() as talks:
            while True:
                event = await everything.get()
                if isinstance(event, StasisStart) and event.channel.id not in telephony.followers:
                    talks.create_task(_talk(telephony, event, on_inbound, longest))


async def _talk(
    telephony: AriTelephony, event: StasisStart, on_inbound: OnInbound | None, longest: timedelta
) -> None:
    """Serve one caller. Whatever goes wrong here stays with this call."""
    with telephony.followers.listening(event.channel.id) as listening:
        call = telephony.call_on(event.channel)
        telephony.followers.follow(call, listening)
    kind, dialled, caller, *_ = (*event.args, "", "", "")
    try:
        if not await _keep_informed(telephony, call, event):
            return
        if kind != INBOUND or on_inbound is None:
            _log.error("call_without_owner", call_id=call.call_id, kind=kind)
            await call.hang_up_because(TEMPORARY_FAILURE)
            return
        await _answer(telephony, call, longest)
        await on_inbound(call, dialled, caller)
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


async def _answer(telephony: AriTelephony, call: AriCall, longest: timedelta) -> None:
    """Answer, after what `originate` would have set."""
    try:
        for name, value in call_variables(telephony.client.app, longest).items():
            await telephony.client.send(requests.set_variable(call.call_id, name, value))
        await telephony.client.send(requests.answer(call.call_id))
    except AriRefusedError as error:
        if error.status != 404:  # the caller may have hung up: an ordinary end, which the flow hears of
            raise
