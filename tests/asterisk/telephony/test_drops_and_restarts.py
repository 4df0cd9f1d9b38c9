"""What a lost connection to Asterisk, or a lost engine, does to calls that are up."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from ivr.calls.call_result import CallResult
from ivr.errors import AriRefusedError
from ivr.flows.events import HungUp, Pressed, SpeechEnded
from ivr.switch import process
from ivr.switch.trunk import Trunk
from ivr.telephony.ari_telephony import AriTelephony
from tests.asterisk.telephony.breakable_line import BreakableLine, breakable_line
from tests.asterisk.telephony.conftest import end_calls_of, telephony_on
from tests.asterisk.telephony.far_end import Numbers, answered, picks_up
from tests.asterisk_pair import AsteriskPair, Place, client_of

pytestmark = pytest.mark.asterisk


@dataclass
class Remote:
    """A driver whose connection to Asterisk can be cut."""

    telephony: AriTelephony
    line: BreakableLine

    async def cut_off(self) -> None:
        self.line.cut()
        await until(lambda: not self.telephony.is_ready)

    async def join_again(self) -> None:
        self.line.mend()
        async with asyncio.timeout(20):
            await self.telephony.client.wait_connected()


@pytest.fixture
async def remote(asterisk_pair: AsteriskPair, place: Place, trunk: Trunk) -> AsyncIterator[Remote]:
    async with breakable_line(asterisk_pair.engine.ports.http) as line:
        connection = replace(asterisk_pair.engine.connection(), ari_url=line.url)
        async with client_of(connection, place.engine_app) as client:
            await client.connect()
            telephony = telephony_on(client, trunk)
            yield Remote(telephony, line)
            line.mend()
            await client.wait_connected()
            await end_calls_of(telephony)


@asynccontextmanager
async def an_engine(pair: AsteriskPair, place: Place, trunk: Trunk) -> AsyncIterator[AriTelephony]:
    """An engine that dies at the end of the context and leaves its calls up."""
    async with client_of(pair.engine.connection(), place.engine_app) as client:
        await client.connect()
        telephony = telephony_on(client, trunk)
        yield telephony
        await telephony.close()


async def until(is_so: Callable[[], bool]) -> None:
    async with asyncio.timeout(10):
        while not is_so():  # noqa: ASYNC110  (neither the client nor the switch tells us)
            await asyncio.sleep(0.02)


async def test_nothing_is_dialled_while_nobody_would_hear_the_answer(
    remote: Remote, numbers: Numbers
) -> None:
    await remote.cut_off()

    with pytest.raises(AriRefusedError, match="no event socket"):
        await remote.telephony.place(numbers.order(picks_up))


async def test_a_call_outlives_a_drop_and_its_keys_arrive_again(
    remote: Remote, numbers: Numbers, speech: Path
) -> None:
    call, phone = await answered(remote.telephony, numbers)
    await call.play(1, [speech])
    await remote.cut_off()
    await asyncio.sleep(2.5)
    await remote.join_again()

    assert await call.next_event(3) == SpeechEnded(1)  # it ended meanwhile, unheard of
    await phone.press("7")
    assert await call.next_event(5) == Pressed("7")
    await call.hang_up()
    assert (await call.wait_for_end()).result is CallResult.ANSWERED


async def test_a_call_that_ends_during_a_drop_is_missed(
    remote: Remote, numbers: Numbers, asterisk_pair: AsteriskPair
) -> None:
    call, phone = await answered(remote.telephony, numbers)
    await remote.cut_off()
    await phone.hang_up()
    await until(lambda: call.call_id not in process.cli(asterisk_pair.engine, "core show channels concise"))
    await remote.join_again()

    async with asyncio.timeout(5):
        report = await call.wait_for_end()
    assert report.result is CallResult.ANSWERED
    assert report.cause is None
    assert await call.next_event(None) == HungUp()


async def test_a_new_engine_takes_up_the_calls_of_a_dead_one(
    asterisk_pair: AsteriskPair, place: Place, trunk: Trunk, numbers: Numbers, speech: Path
) -> None:
    async with an_engine(asterisk_pair, place, trunk) as dead:
        up, phone = await answered(dead, numbers)
        ringing = await dead.place(numbers.order(None))

    async with an_engine(asterisk_pair, place, trunk) as telephony:
        calls = {call.call_id: call for call in await telephony.adopt_live_calls()}

        assert calls.keys() == {up.call_id, ringing.call_id}
        assert calls[up.call_id].is_answered
        assert not calls[ringing.call_id].is_answered
        assert not await telephony.adopt_live_calls()
        await phone.press("5")
        assert await calls[up.call_id].next_event(5) == Pressed("5")
        await calls[up.call_id].play(1, [speech])
        assert await calls[up.call_id].next_event(5) == SpeechEnded(1)
        await telephony.hang_up_all()
        reports = [await call.wait_for_end() for call in calls.values()]
        assert {report.result for report in reports} == {CallResult.ANSWERED, CallResult.CANCELLED}


async def test_a_call_that_is_answered_after_its_engine_died_reaches_the_next(
    asterisk_pair: AsteriskPair, place: Place, trunk: Trunk, numbers: Numbers
) -> None:
    order = numbers.order(None)
    async with an_engine(asterisk_pair, place, trunk) as dead:
        await dead.place(order)
        await until(lambda: order.number in numbers.far_end.phones)

    async with an_engine(asterisk_pair, place, trunk) as telephony:
        [call] = await telephony.adopt_live_calls()
        phone = numbers.far_end.phones[order.number]
        await phone.answer()
        assert await call.wait_for_answer() is not None
        await phone.press("8")
        assert await call.next_event(5) == Pressed("8")
        await call.hang_up()
        await call.wait_for_end()
