"""What befalls the driver as a whole on real Asterisk: refusals, drops, restarts, calls that come in."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from ivr.ari import requests
from ivr.ari.client import AriClient
from ivr.ari.request import Request, nothing
from ivr.calls.call_result import CallResult
from ivr.errors import AriRefusedError, AriUnavailableError
from ivr.flows.events import EffectDone, HungUp, Pressed, SpeechEnded
from ivr.switch import process
from ivr.telephony.ari_call import AriCall
from ivr.telephony.ari_telephony import AriTelephony
from ivr.telephony.inbound import receive_calls
from tests.asterisk.telephony.breakable_line import BreakableLine, breakable_line
from tests.asterisk.telephony.conftest import APP, Numbers, Pair, client_of, telephony_on
from tests.asterisk.telephony.far_end import FarEnd, Phone

pytestmark = pytest.mark.asterisk

FREE = Request("set_device_state", "PUT", "/deviceStates/Stasis:ann", nothing, {"deviceState": "NOT_INUSE"})
"""What a telephone that registered would say by itself."""


async def picks_up(phone: Phone) -> None:
    await phone.answer()


async def answered(telephony: AriTelephony, numbers: Numbers) -> tuple[AriCall, Phone]:
    order = numbers.order(picks_up)
    call = await telephony.place(order)
    assert await call.wait_for_answer() is not None
    return call, numbers.far_end.phones[order.number]


@asynccontextmanager
async def line_to(pair: Pair) -> AsyncIterator[tuple[BreakableLine, AriClient, AriTelephony]]:
    """A driver whose connection to Asterisk can be cut."""
    async with breakable_line(pair.engine.ports.http) as line:
        async with client_of(pair.engine.connection(), APP, line.url) as client:
            await client.connect()
            telephony = telephony_on(client, pair.trunk)
            yield line, client, telephony
            await telephony.close()


async def test_a_trunk_that_is_none_is_refused_and_leaves_nothing(
    client: AriClient, pair: Pair, numbers: Numbers
) -> None:
    telephony = telephony_on(client, pair.trunk.model_copy(update={"name": "nowhere"}))

    with pytest.raises(AriRefusedError) as refusal:
        await telephony.place(numbers.order(None))

    assert refusal.value.status == 500
    assert not client._dispatcher._by_channel


async def test_a_number_that_is_none_never_reaches_asterisk(
    telephony: AriTelephony, numbers: Numbers
) -> None:
    order = replace(numbers.order(None), number="100@evil")

    with pytest.raises(AriRefusedError, match="no E.164 number"):
        await telephony.place(order)


async def test_a_call_that_lives_is_not_dialled_twice(telephony: AriTelephony, numbers: Numbers) -> None:
    order = numbers.order(None)
    call = await telephony.place(order)

    with pytest.raises(AriUnavailableError, match="lives on the switch already"):
        await telephony.place(order)
    await call.hang_up()
    assert (await call.wait_for_end()).result is CallResult.CANCELLED


async def test_another_engine_does_not_dial_a_call_that_lives(
    client: AriClient, pair: Pair, telephony: AriTelephony, numbers: Numbers
) -> None:
    order = numbers.order(None)
    call = await telephony.place(order)
    other = telephony_on(client, pair.trunk)

    with pytest.raises(AriUnavailableError, match="lives on the switch already"):
        await other.place(order)
    await call.hang_up()


async def test_a_fault_in_one_call_leaves_the_others_alone(
    telephony: AriTelephony, numbers: Numbers, monkeypatch: pytest.MonkeyPatch
) -> None:
    sick, sick_phone = await answered(telephony, numbers)
    sound, sound_phone = await answered(telephony, numbers)

    def fails(_: object) -> None:
        raise RuntimeError("a fault of ours")

    with capture_logs() as logs:
        with monkeypatch.context() as patch:
            patch.setattr(sick, "take", fails)
            await sick_phone.press("1")
            await sound_phone.press("2")
            assert await sound.next_event(5) == Pressed("2")
            await asyncio.sleep(0.5)
        await sick_phone.press("3")
        assert await sick.next_event(5) == Pressed("3")

    assert "call_event_failed" in [entry["event"] for entry in logs]
    await sick.hang_up()
    await sound.hang_up()


async def test_nothing_is_dialled_while_nobody_would_hear_the_answer(pair: Pair, numbers: Numbers) -> None:
    async with line_to(pair) as (line, client, telephony):
        line.cut()
        await until(lambda: not client.connected)

        assert not telephony.is_ready
        with pytest.raises(AriRefusedError):
            await telephony.place(numbers.order(picks_up))


async def test_a_call_outlives_a_drop_and_its_keys_arrive_again(
    pair: Pair, numbers: Numbers, speech: Path
) -> None:
    async with line_to(pair) as (line, client, telephony):
        call, phone = await answered(telephony, numbers)
        await call.play(1, [speech])
        await drop(line, client, seconds=2.5)

        assert await call.next_event(3) == SpeechEnded(1)  # it ended meanwhile, unheard of
        await phone.press("7")
        assert await call.next_event(5) == Pressed("7")
        await call.hang_up()
        assert (await call.wait_for_end()).result is CallResult.ANSWERED


async def test_a_call_that_ends_during_a_drop_is_missed(pair: Pair, numbers: Numbers) -> None:
    async with line_to(pair) as (line, client, telephony):
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
    pair: Pair, numbers: Numbers, speech: Path
) -> None:
    async with client_of(pair.engine.connection(), APP) as client:
        await client.connect()
        dead = telephony_on(client, pair.trunk)
        up, phone = await answered(dead, numbers)
        ringing = await dead.place(numbers.order(None))
        await dead.close()

    async with client_of(pair.engine.connection(), APP) as client:
        await client.connect()
        telephony = telephony_on(client, pair.trunk)
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


async def test_a_queue_without_agents_gives_the_caller_back(
    telephony: AriTelephony, numbers: Numbers, speech: Path
) -> None:
    call, _ = await answered(telephony, numbers)
    await call.play(1, [speech])
    await call.transfer(4, "agents")

    assert await call.next_event(5) == EffectDone(4, "no_agent")
    await call.play(2, [speech])
    assert await call.next_event(5) == SpeechEnded(2)
    await call.hang_up()


@pytest.mark.parametrize("queue", ["nosuchqueue", "Agents,s,1"])
async def test_a_queue_that_is_none_fails(telephony: AriTelephony, numbers: Numbers, queue: str) -> None:
    call, _ = await answered(telephony, numbers)
    await call.transfer(4, queue)

    assert await call.next_event(5) == EffectDone(4, "failed")
    await call.hang_up()


@asynccontextmanager
async def agent(
    client: AriClient, pair: Pair, numbers: Numbers, talk: Callable[[Phone], Awaitable[None]]
) -> AsyncIterator[None]:
    """Somebody who takes the queue's calls, on an outside line."""
    number = numbers.order(talk).number
    await client.send(FREE)
    process.cli(
        pair.engine,
        f"queue add member PJSIP/{number}@carrier to agents penalty 0 as Ann state_interface Stasis:ann",
    )
    try:
        yield
    finally:
        process.cli(pair.engine, f"queue remove member PJSIP/{number}@carrier from agents")


async def test_the_caller_comes_back_when_the_agent_hangs_up(
    client: AriClient, pair: Pair, telephony: AriTelephony, numbers: Numbers
) -> None:
    async def talks(phone: Phone) -> None:
        await phone.answer()
        await asyncio.sleep(1)
        await phone.hang_up()

    call, phone = await answered(telephony, numbers)
    async with agent(client, pair, numbers, talks):
        await call.transfer(4, "agents")
        await asyncio.sleep(0.5)
        await phone.press("6")  # said to the agent, so it is no answer to the flow

        assert await call.next_event(10) == EffectDone(4, "done")
    await phone.press("7")
    assert await call.next_event(5) == Pressed("7")
    await call.hang_up()


async def test_a_caller_who_hangs_up_on_the_agent_was_served(
    client: AriClient, pair: Pair, telephony: AriTelephony, numbers: Numbers
) -> None:
    async def talks(phone: Phone) -> None:
        await phone.answer()

    call, phone = await answered(telephony, numbers)
    async with agent(client, pair, numbers, talks):
        await call.transfer(4, "agents")
        await asyncio.sleep(1)
        await phone.hang_up()

        assert [await call.next_event(5), await call.next_event(5)] == [EffectDone(4, "done"), HungUp()]


async def test_a_call_that_comes_in_is_answered_and_handed_over(
    client: AriClient, telephony: AriTelephony, far_end: FarEnd, speech: Path
) -> None:
    served: asyncio.Queue[tuple[AriCall, str, str]] = asyncio.Queue()

    async def serve(call: AriCall, dialled: str, caller: str) -> None:
        served.put_nowait((call, dialled, caller))

    receiving = asyncio.create_task(receive_calls(telephony, serve))
    async with caller_of(far_end, "+18005550100", "+12025550111") as phone:
        call, dialled, caller = await asyncio.wait_for(served.get(), 5)
        assert (dialled, caller) == ("+18005550100", "+12025550111")
        assert await call.wait_for_answer() is not None
        await call.play(1, [speech])
        assert await call.next_event(5) == SpeechEnded(1)
        await phone.press("4")
        assert await call.next_event(5) == Pressed("4")
        await call.transfer(2, "agents")
        assert await call.next_event(5) == EffectDone(2, "no_agent")
        await call.hang_up()
        assert (await call.wait_for_end()).sip_call_id
    receiving.cancel()
    await asyncio.gather(receiving, return_exceptions=True)
    assert not client._dispatcher._by_channel


async def test_a_caller_whom_we_fail_is_released_and_the_next_is_served(
    telephony: AriTelephony, far_end: FarEnd
) -> None:
    served: asyncio.Queue[AriCall] = asyncio.Queue()

    async def serve(call: AriCall, _dialled: str, caller: str) -> None:
        if caller == "+12025550111":
            raise RuntimeError("a fault of ours")
        served.put_nowait(call)

    receiving = asyncio.create_task(receive_calls(telephony, serve))
    async with caller_of(far_end, "+18005550100", "+12025550111") as unlucky:
        async with asyncio.timeout(5):
            await unlucky.until_gone()
    async with caller_of(far_end, "+18005550100", "+12025550112"):
        call = await asyncio.wait_for(served.get(), 5)
        await call.hang_up()
        await call.wait_for_end()
    receiving.cancel()
    await asyncio.gather(receiving, return_exceptions=True)


@asynccontextmanager
async def caller_of(far_end: FarEnd, dialled: str, caller: str) -> AsyncIterator[Phone]:
    """Somebody who calls us."""
    channel_id = f"caller-{caller}-{id(far_end)}"
    with far_end.client.events_for(channel_id) as events:
        phone = Phone(far_end.client, channel_id, "", events)
        await far_end.client.send(
            requests.originate(
                f"PJSIP/{dialled}@engine", far_end.client.app, channel_id=channel_id, caller_id=f"<{caller}>"
            )
        )
        yield phone


async def drop(line: BreakableLine, client: AriClient, seconds: float) -> None:
    line.cut()
    await until(lambda: not client.connected)
    await asyncio.sleep(seconds)
    line.mend()
    async with asyncio.timeout(20):
        await client.wait_connected()


async def until(is_so: Callable[[], bool]) -> None:
    async with asyncio.timeout(10):
        while not is_so():
            await asyncio.sleep(0.02)
