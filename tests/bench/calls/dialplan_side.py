"""Calls that a hard-coded dialplan leads: the limit that Asterisk itself sets on this machine.

They are placed by ARI's originate, as the engine's are; the answered call goes to the dialplan, and no event
is sent to anybody. The one who places them is this process.
"""

from __future__ import annotations

import asyncio
import os
import time
import uuid

from ivr.ari.client import AriClient
from ivr.ari.request import Request, nothing
from ivr.errors import AriError
from tests.bench.calls.called_party import called_party
from tests.bench.calls.place import TRUNK, Place
from tests.bench.calls.processor_time import processor_seconds
from tests.bench.calls.step import Step
from tests.bench.calls.telephone_numbers import number_of

_APP = "bench"
_CONTEXT = "measured-call"


async def hold_dialplan(place: Place, cps: float, seconds: float) -> Step:
    """Place `cps` calls a second for `seconds` and see them through."""
    calls = max(1, round(cps * seconds))
    connection = place.switch.connection()
    folder = place.new_folder(f"dialplan-{cps:g}")
    async with (
        AriClient(
            connection.ari_url, connection.ari_user, connection.ari_password, _APP, allowed_events=()
        ) as client,
        called_party(place.sipp, place.sipp_port, folder) as party,
    ):
        await client.connect()
        before = _processor_seconds(place)
        placed_cps, refused = await _place(client, calls, cps)
        counted = await party.settled(calls - refused)
        control, asterisk = (
            after - then for after, then in zip(_processor_seconds(place), before, strict=True)
        )
    return Step(
        asked_cps=cps,
        placed_cps=placed_cps,
        calls=calls,
        failed=calls - counted.succeeded,
        controller_cpu_ms=1000 * control / calls,
        asterisk_cpu_ms=1000 * asterisk / calls,
    )


def _processor_seconds(place: Place) -> tuple[float, float]:
    return processor_seconds(os.getpid()), processor_seconds(place.switch_pid)


async def _place(client: AriClient, calls: int, cps: float) -> tuple[float, int]:
    """Place the calls at an even pace; return the rate at which they were, and how many were refused."""
    begun = time.monotonic()
    tasks = []
    for number in range(calls):
        await asyncio.sleep(begun + number / cps - time.monotonic())
        tasks.append(asyncio.create_task(_placed_at(client, number)))
    placed = sorted(at for at in await asyncio.gather(*tasks) if at is not None)
    seconds = placed[-1] - placed[0] if len(placed) > 1 else 0.0
    return (len(placed) - 1) / seconds if seconds else float(len(placed)), calls - len(placed)


async def _placed_at(client: AriClient, number: int) -> float | None:
    try:
        await client.send(_originate(number))
    except AriError:
        return None
    return time.monotonic()


def _originate(number: int) -> Request[None]:
    where = {"context": _CONTEXT, "extension": "s", "priority": 1}
    how = {"endpoint": f"PJSIP/{number_of(number)}@{TRUNK}", "timeout": 30, "channelId": uuid.uuid4().hex}
    return Request("originate", "POST", "/channels", nothing, {**how, **where}, dials=True)
