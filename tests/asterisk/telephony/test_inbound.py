"""Calls that come in."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from uuid import uuid4

import pytest

from ivr.ari import requests
from ivr.calls.call_result import CallResult
from ivr.engine.telephony import IncomingCall, LiveCall
from ivr.flows.events import EffectDone, Pressed, SpeechEnded
from ivr.switch.trunk import Trunk
from ivr.telephony.ari_telephony import AriTelephony
from ivr.telephony.inbound import receive_calls
from tests.asterisk.telephony.conftest import end_calls_of, telephony_on
from tests.asterisk.telephony.far_end import FarEnd, Phone
from tests.asterisk_pair import AsteriskPair, client_of

pytestmark = pytest.mark.asterisk


@pytest.fixture
async def reception(
    asterisk_pair: AsteriskPair, inbound_app: str, trunk: Trunk
) -> AsyncIterator[AriTelephony]:
    """A driver that gets the calls from the network."""
    async with client_of(asterisk_pair.engine.connection(), inbound_app) as client:
        await client.connect()
        reception = telephony_on(client, trunk)
        yield reception
        await end_calls_of(reception)


async def test_a_call_that_comes_in_is_answered_and_handed_over(
    reception: AriTelephony, far_end: FarEnd, agent_queue: str, speech: Path
) -> None:
    served: asyncio.Queue[tuple[LiveCall, IncomingCall]] = asyncio.Queue()

    async def serve(call: LiveCall, incoming: IncomingCall) -> bool:
        await call.answer(60, "story")
        served.put_nowait((call, incoming))
        return True

    receiving = asyncio.create_task(receive_calls(reception, serve))
    async with caller_of(far_end, "+18005550100", "+12025550111") as phone:
        call, incoming = await asyncio.wait_for(served.get(), 5)
        assert incoming == IncomingCall("+18005550100", "+12025550111", "carrier")
        assert await call.wait_for_answer() is not None
        await call.play(1, [speech])
        assert await call.next_event(5) == SpeechEnded(1)
        await phone.press("4")
        assert await call.next_event(5) == Pressed("4")
        await call.transfer(2, agent_queue)
        assert await call.next_event(5) == EffectDone(2, "no_agent")
        await call.hang_up()
        assert (await call.wait_for_end()).sip_call_id
    receiving.cancel()
    await asyncio.gather(receiving, return_exceptions=True)
    assert not reception.client._dispatcher._by_channel


async def test_a_caller_whom_we_fail_is_released_and_the_next_is_served(
    reception: AriTelephony, far_end: FarEnd
) -> None:
    served: asyncio.Queue[LiveCall] = asyncio.Queue()

    async def serve(call: LiveCall, incoming: IncomingCall) -> bool:
        if incoming.caller == "+12025550111":
            raise RuntimeError("a fault of ours")
        served.put_nowait(call)
        return True

    receiving = asyncio.create_task(receive_calls(reception, serve))
    async with caller_of(far_end, "+18005550100", "+12025550111") as unlucky:
        async with asyncio.timeout(5):
            await unlucky.until_gone()
    async with caller_of(far_end, "+18005550100", "+12025550112"):
        call = await asyncio.wait_for(served.get(), 5)
        await call.hang_up()
        await call.wait_for_end()
    receiving.cancel()
    await asyncio.gather(receiving, return_exceptions=True)


async def test_whom_nobody_serves_is_released_without_an_answer(
    reception: AriTelephony, far_end: FarEnd
) -> None:
    served: list[LiveCall] = []

    async def serves_nobody(call: LiveCall, _: IncomingCall) -> bool:
        served.append(call)
        return False

    receiving = asyncio.create_task(receive_calls(reception, serves_nobody))
    async with caller_of(far_end, "+18005550100", "+12025550111") as phone:
        async with asyncio.timeout(5):
            await phone.until_gone()
    report = await served[0].wait_for_end()
    assert (report.answered_at, report.result) == (None, CallResult.CANCELLED)
    receiving.cancel()
    await asyncio.gather(receiving, return_exceptions=True)


@asynccontextmanager
async def caller_of(far_end: FarEnd, dialled: str, caller: str) -> AsyncIterator[Phone]:
    """Somebody who calls us."""
    channel_id = f"caller-{uuid4().hex}"
    with far_end.client.events_for(channel_id) as events:
        phone = Phone(far_end.client, channel_id, "", events)
        await far_end.client.send(
            requests.originate(
                f"PJSIP/{dialled}@engine", far_end.client.app, channel_id=channel_id, caller_id=f"<{caller}>"
            )
        )
        yield phone
