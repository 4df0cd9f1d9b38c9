"""The ears of a call: opened once it is answered, closed when nothing more can come out, never in its way."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace

import pytest

from ivr.ari import events
from ivr.ari.request import Request
from ivr.ari.values import Application, Channel, ChannelState
from ivr.calls.answered_by import AnsweredBy
from ivr.engine.telephony import CallOrder, Listening
from ivr.errors import AriRefusedError
from ivr.flows.events import AnswererHeard, Pressed
from ivr.phone_number import PhoneNumber
from ivr.telephony.ari_call import AriCall
from ivr.telephony.ari_telephony import AriTelephony
from ivr.telephony.snoop import is_snoop
from tests.unit.telephony.events import CALL, channel, destroyed, in_app, is_up, pressed, second
from tests.unit.telephony.scripted_ari import ScriptedAri

ORDER = CallOrder(CALL, PhoneNumber("+12025550123"), "carrier", None, 25, 600, Listening((700,)))


def ear(name: str) -> Channel:
    return replace(channel(call_id=f"{CALL}.{name}"), name=f"Snoop/{CALL}-00000001")


def hears(ari: ScriptedAri, kind: type[events.ChannelEvent], name: str) -> None:
    ari.events.deliver_event(kind(second(3), ear(name)))


async def until(holds: Callable[[], bool]) -> None:
    async with asyncio.timeout(5):
        while not holds():  # noqa: ASYNC110 - nobody tells
            await asyncio.sleep(0)


@pytest.fixture
def ari() -> ScriptedAri:
    ari = ScriptedAri()
    ari.answer("originate", channel(ChannelState.DOWN))

    def enters(request: Request[object]) -> None:
        if request.operation == "snoop":
            hears(ari, events.StasisStart, str(request.params["snoopId"]).rpartition(".")[2])

    ari.on_send = enters
    return ari


@asynccontextmanager
async def answered(ari: ScriptedAri) -> AsyncIterator[AriCall]:
    telephony = AriTelephony(ari, lambda trunk, number: f"PJSIP/{number}@{trunk}", clock=lambda: second(100))
    call = await telephony.place(ORDER)
    assert "snoop" not in ari.operations, "nobody listens before the answer"
    ari.events.deliver_event(is_up(2))
    ari.events.deliver_event(in_app(2))
    yield call
    await telephony.close()


@pytest.fixture
async def call(ari: ScriptedAri) -> AsyncIterator[AriCall]:
    """An answered call with ears."""
    async with answered(ari) as call:
        yield call


async def test_a_tone_is_told_and_the_ears_are_closed(ari: ScriptedAri, call: AriCall) -> None:
    await until(lambda: ari.operations.count("set_variable") == 4)
    hears(ari, events.ChannelToneDetected, "2100")
    assert await call.next_event(5) == AnswererHeard(AnsweredBy.FAX)
    await until(lambda: ari.operations.count("hang_up") == 4)
    await until(lambda: set(ari.events._by_channel) == {CALL})


async def test_a_key_is_heard_as_ever(ari: ScriptedAri, call: AriCall) -> None:
    await until(lambda: ari.operations.count("set_variable") == 4)
    hears(ari, events.ChannelTalkingStarted, "voice")
    ari.events.deliver_event(pressed(4, "1"))
    assert await call.next_event(5) == Pressed("1")
    await until(lambda: ari.operations.count("hang_up") == 4)


async def test_a_fault_of_the_ears_costs_the_verdict_alone(ari: ScriptedAri) -> None:
    ari.answer("snoop", None, AriRefusedError(500, "Allocation failed"))
    async with answered(ari) as call:
        await until(lambda: ari.operations[-2:] == ["hang_up", "hang_up"])
        ari.events.deliver_event(pressed(4, "1"))
        assert await call.next_event(5) == Pressed("1")
        assert set(ari.events._by_channel) == {CALL}


async def test_with_the_call_the_ears_end(ari: ScriptedAri, call: AriCall) -> None:
    await until(lambda: ari.operations.count("set_variable") == 4)
    ari.events.deliver_event(destroyed(9))
    await until(lambda: not ari.events._by_channel)


async def test_ears_that_a_crash_left_open_are_no_calls(ari: ScriptedAri) -> None:
    telephony = AriTelephony(ari, lambda trunk, number: f"PJSIP/{number}@{trunk}", clock=lambda: second(100))
    left = ear("voice")
    ari.answer("application_details", Application("engine", channel_ids=(CALL, left.id), bridge_ids=()))
    ari.answer("list_channels", (channel(), left))
    assert [call.call_id for call in await telephony.adopt_live_calls()] == [CALL]
    assert is_snoop(left)
    await telephony.close()
