"""A caller handed to a queue, and back."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import pytest

from ivr.ari.client import AriClient
from ivr.ari.request import Request, nothing
from ivr.engine.telephony import AgentTook
from ivr.flows.events import EffectDone, HungUp, Pressed, SpeechEnded
from ivr.switch import process
from ivr.telephony.ari_telephony import AriTelephony
from tests.asterisk.telephony.far_end import Numbers, Phone, answered
from tests.asterisk_pair import QUEUE, AsteriskPair

pytestmark = pytest.mark.asterisk


FREE = Request("set_device_state", "PUT", "/deviceStates/Stasis:ann", nothing, {"deviceState": "NOT_INUSE"})
"""What a telephone that registered would say by itself."""


async def test_a_queue_without_agents_gives_the_caller_back(
    agent_queue: str, telephony: AriTelephony, numbers: Numbers, speech: Path
) -> None:
    call, _ = await answered(telephony, numbers)
    await call.play(1, [speech])
    await call.transfer(4, agent_queue)

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
    client: AriClient, pair: AsteriskPair, numbers: Numbers, talk: Callable[[Phone], Awaitable[None]]
) -> AsyncIterator[None]:
    """Somebody who takes the queue's calls, on an outside line."""
    number = numbers.order(talk).number
    await client.send(FREE)
    process.cli(
        pair.engine,
        f"queue add member PJSIP/{number}@carrier to {QUEUE} penalty 0 as Ann state_interface Stasis:ann",
    )
    try:
        yield
    finally:
        process.cli(pair.engine, f"queue remove member PJSIP/{number}@carrier from {QUEUE}")


class Talk:
    """A caller and an agent who know when they hear one another."""

    def __init__(self) -> None:
        self.is_on = asyncio.Event()

    async def caller(self, phone: Phone) -> None:
        """Pick up, and wait for the agent's voice."""
        await phone.answer()
        await phone.hears("5")
        self.is_on.set()

    async def agent(self, phone: Phone) -> None:
        """Pick up, and speak until the caller has heard it."""
        await phone.answer()
        while not self.is_on.is_set():
            await phone.press("5")
            with suppress(TimeoutError):
                await asyncio.wait_for(self.is_on.wait(), 0.5)


async def test_the_caller_comes_back_when_the_agent_hangs_up(
    client: AriClient,
    asterisk_pair: AsteriskPair,
    agent_queue: str,
    telephony: AriTelephony,
    numbers: Numbers,
) -> None:
    talk = Talk()

    async def listens_and_hangs_up(phone: Phone) -> None:
        await talk.agent(phone)
        await phone.hears("6")
        await phone.hang_up()

    call, phone = await answered(telephony, numbers, talk.caller)
    async with agent(client, asterisk_pair, numbers, listens_and_hangs_up):
        await call.transfer(4, agent_queue)
        await asyncio.wait_for(talk.is_on.wait(), 20)
        await phone.press("6")  # said to the agent, so it is no answer to the flow

        assert isinstance(await call.next_event(10), AgentTook)
        assert await call.next_event(10) == EffectDone(4, "done")
    await phone.press("7")
    assert await call.next_event(5) == Pressed("7")
    await call.hang_up()


async def test_a_caller_who_hangs_up_on_the_agent_was_served(
    client: AriClient,
    asterisk_pair: AsteriskPair,
    agent_queue: str,
    telephony: AriTelephony,
    numbers: Numbers,
) -> None:
    talk = Talk()
    call, phone = await answered(telephony, numbers, talk.caller)
    async with agent(client, asterisk_pair, numbers, talk.agent):
        await call.transfer(4, agent_queue)
        await asyncio.wait_for(talk.is_on.wait(), 20)
        await phone.hang_up()

        assert isinstance(await call.next_event(10), AgentTook)
        assert [await call.next_event(10), await call.next_event(10)] == [EffectDone(4, "done"), HungUp()]


async def test_the_agents_telephone_is_told_the_calls_id(
    client: AriClient,
    asterisk_pair: AsteriskPair,
    agent_queue: str,
    telephony: AriTelephony,
    numbers: Numbers,
) -> None:
    told: list[str] = []

    async def reads_the_header(phone: Phone) -> None:
        told.append(await phone.client.send(variable_of(phone, "PJSIP_HEADER(read,X-Alert-Id)")))
        await phone.answer()
        await phone.hang_up()

    call, _ = await answered(telephony, numbers)
    async with agent(client, asterisk_pair, numbers, reads_the_header):
        await call.transfer(4, agent_queue)
        assert isinstance(await call.next_event(20), AgentTook)
        assert await call.next_event(20) == EffectDone(4, "done")
    assert told == [call.call_id]
    await call.hang_up()


def variable_of(phone: Phone, name: str) -> Request[str]:
    return Request(
        "get_variable",
        "GET",
        f"/channels/{phone.channel_id}/variable",
        lambda body: str(body["value"]),  # type: ignore[index]
        {"variable": name},
    )


async def test_whom_we_called_is_taken_before_who_waited_longer(
    client: AriClient,
    asterisk_pair: AsteriskPair,
    agent_queue: str,
    telephony: AriTelephony,
    numbers: Numbers,
) -> None:
    async def never_answers(phone: Phone) -> None:
        await phone.until_gone()

    longer, _ = await answered(telephony, numbers)
    called, _ = await answered(telephony, numbers)
    async with agent(client, asterisk_pair, numbers, never_answers):  # so that the queue lets people in
        await longer.transfer(4, agent_queue)
        await until_waiting(asterisk_pair, 1)
        await called.transfer(5, agent_queue, 100)
        await until_waiting(asterisk_pair, 2)
        waiting = process.cli(asterisk_pair.engine, f"queue show {agent_queue}").partition("Callers:")[2]
        assert [
            line.split("prio: ")[1].rstrip(") \r") for line in waiting.splitlines() if "prio" in line
        ] == [
            "100",
            "0",
        ]
    await called.hang_up()
    await longer.hang_up()


async def until_waiting(pair: AsteriskPair, callers: int) -> None:
    queue = f"queue show {QUEUE}"
    async with asyncio.timeout(10):
        while f" {callers} calls" not in process.cli(pair.engine, queue):  # noqa: ASYNC110  (it tells nobody)
            await asyncio.sleep(0.1)


async def test_who_does_not_answer_is_paused_and_the_caller_comes_back(
    client: AriClient,
    asterisk_pair: AsteriskPair,
    agent_queue: str,
    telephony: AriTelephony,
    numbers: Numbers,
) -> None:
    async def never_answers(phone: Phone) -> None:
        await phone.until_gone()

    call, _ = await answered(telephony, numbers)
    async with agent(client, asterisk_pair, numbers, never_answers):
        await call.transfer(4, agent_queue)
        assert await call.next_event(30) == EffectDone(4, "no_agent")
        assert "paused:Auto-Pause" in process.cli(asterisk_pair.engine, f"queue show {agent_queue}")
    await call.hang_up()
