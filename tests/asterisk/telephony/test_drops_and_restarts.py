"""What a lost connection to Asterisk, or a lost engine, does to calls that are up."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from ivr.ari.client import AriClient
from ivr.calls.call_result import CallResult
from ivr.errors import AriRefusedError
from ivr.flows.events import HungUp, Pressed, SpeechEnded
from ivr.switch.trunk import Trunk
from ivr.telephony.ari_telephony import AriTelephony
from tests.asterisk.telephony.breakable_line import BreakableLine, breakable_line
from tests.asterisk.telephony.conftest import end_calls_of, telephony_on
from tests.asterisk.telephony.far_end import Numbers, answered, picks_up
from tests.asterisk_pair import AsteriskPair, Place, client_of

pytestmark = pytest.mark.asterisk


@asynccontextmanager
async def line_to(
    pair: AsteriskPair, place: Place, trunk: Trunk
) -> AsyncIterator[tuple[BreakableLine, AriClient, AriTelephony]]:
    """A driver whose connection to Asterisk can be cut."""
    async with (
        breakable_line(pair.engine.ports.http) as line,
        client_of(replace(pair.engine.connection(), ari_url=line.url), place.engine_app) as client,
    ):
        await client.connect()
        telephony = telephony_on(client, trunk)
        yield line, client, telephony
        await end_calls_of(telephony)


async def test_nothing_is_dialled_while_nobody_would_hear_the_answer(
    asterisk_pair: AsteriskPair, place: Place, trunk: Trunk, numbers: Numbers
) -> None:
    async with line_to(asterisk_pair, place, trunk) as (line, client, telephony):
        line.cut()
        await until(lambda: not client.connected)

        assert not telephony.is_ready
        with pytest.raises(AriRefusedError):
            await telephony.place(numbers.order(picks_up))


async def test_a_call_outlives_a_drop_and_its_keys_arrive_again(
    asterisk_pair: AsteriskPair, place: Place, trunk: Trunk, numbers: Numbers, speech: Path
) -> None:
    async with line_to(asterisk_pair, place, trunk) as (line, client, telephony):
        call, phone = await answered(telephony, numbers)
        await call.play(1, [speech])
        await drop(line, client, seconds=2.5)

        assert await call.next_event(3) == SpeechEnded(1)  # it ended meanwhile, unheard of
        await phone.press("7")
        assert await call.next_event(5) == Pressed("7")
        await call.hang_up()
        assert (await call.wait_for_end()).result is CallResult.ANSWERED


async def test_a_call_that_ends_during_a_drop_is_missed(
    asterisk_pair: AsteriskPair, place: Place, trunk: Trunk, numbers: Numbers
) -> None:
    async with line_to(asterisk_pair, place, trunk) as (line, client, telephony):
        call, phone = await answered(telephony, numbers)
        line.cut()
        await phone.hang_up()
        await asyncio.sleep(0.3)
        await drop(line, client, seconds=0)

        async with asyncio.timeout(5):
            report = await call.wait_for_end()
        assert report.result is CallResult.ANSWERED
        assert report.cause is None
        assert await call.next_event(None) == HungUp()


async def test_a_new_engine_takes_up_the_calls_of_a_dead_one(
    asterisk_pair: AsteriskPair, place: Place, trunk: Trunk, numbers: Numbers, speech: Path
) -> None:
    async with client_of(asterisk_pair.engine.connection(), place.engine_app) as client:
        await client.connect()
        dead = telephony_on(client, trunk)
        up, phone = await answered(dead, numbers)
        ringing = await dead.place(numbers.order(None))
        await dead.close()

    async with client_of(asterisk_pair.engine.connection(), place.engine_app) as client:
        await client.connect()
        telephony = telephony_on(client, trunk)
        calls = {call.call_id: call for call in await telephony.adopt_live_calls()}

        assert calls.keys() == {up.call_id, ringing.call_id}
        assert calls[up.call_id].is_answered
        assert not calls[ringing.call_id].is_answered
        assert not await telephony.adopt_live_calls()
        await phone.press("5")
        assert await calls[up.call_id].next_event(5) == Pressed("5")
        await calls[up.call_id].play(1, [speech])
        assert await calls[up.call_id].next_event(5) == SpeechEnded(1)
        for call in calls.values():
            await call.hang_up()
        reports = [await call.wait_for_end() for call in calls.values()]
        assert {report.result for report in reports} == {CallResult.ANSWERED, CallResult.CANCELLED}
        await telephony.close()


async def drop(line: BreakableLine, client: AriClient, seconds: float) -> None:
    line.cut()
    await until(lambda: not client.connected)
    await asyncio.sleep(seconds)
    line.mend()
    async with asyncio.timeout(20):
        await client.wait_connected()


async def until(is_so: Callable[[], bool]) -> None:
    async with asyncio.timeout(10):
        while not is_so():  # noqa: ASYNC110  (the client tells nobody that it lost the line)
            await asyncio.sleep(0.02)
