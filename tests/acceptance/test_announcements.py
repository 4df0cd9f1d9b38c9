"""Who waits in a queue hears their place in our own words, in the language of the call."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from ivr.ari.request import Request, nothing
from ivr.carrier.sound_match import SAME, heard_audio_matches
from ivr.engine.content import Content
from ivr.prompts.queue_sounds import channel_language
from ivr.switch import process
from tests.acceptance.callers import until
from tests.acceptance.conftest import Edit, OpenBank, content_in
from tests.acceptance.customers import Customer, Customers
from tests.acceptance.phone import PhoneBook
from tests.asterisk_pair import TELLING, AsteriskPair, Place, client_of

pytestmark = pytest.mark.asterisk

BUSY = Request("set_device_state", "PUT", "/deviceStates/Stasis:desk", nothing, {"deviceState": "INUSE"})
"""The agent is on another call: callers wait, and nobody is rung."""
HELLO = "Un momento, por favor."
FLOW = f"""
name: payment-overdue
languages: [en, es]
start: hello
sorry: sorry-after-drop
goodbye: goodbye
nodes:
  hello: {{type: say, prompt: w-hello, next: agent}}
  agent: {{type: transfer, queue: {TELLING}, done: bye, no_agent: bye, failed: bye}}
  bye: {{type: hangup, prompt: goodbye}}
"""


@pytest.fixture
def content(edit: Edit, tmp_path: Path) -> Content:
    """A flow that lets everybody wait for an agent."""
    flows, prompts = tmp_path / "flows", edit.copy("prompts")
    flows.mkdir()
    (flows / "payment-overdue.yaml").write_text(FLOW, "utf-8")
    for language, text in (("en", "One moment, please."), ("es", HELLO)):
        (prompts / language / "w.yaml").write_text(f'prompts:\n  w-hello: {{text: "{text}"}}\n', "utf-8")
    return content_in(flows=flows, prompts=prompts)


@pytest.fixture
async def sounds(
    asterisk_pair: AsteriskPair, place: Place, phone_book: PhoneBook, agent_queue: str
) -> AsyncIterator[Path]:
    """Where our sounds are put, while the queue's only agent is busy."""
    switch, member = asterisk_pair.engine, f"PJSIP/{phone_book.somebody().number}@carrier"
    async with client_of(switch.connection(), f"{place.engine_app}-desk") as client:
        await client.connect()
        await client.send(BUSY)
    joins = f"queue add member {member} to {TELLING} penalty 0 as Amy state_interface Stasis:desk"
    process.cli(switch, joins)
    yield switch.sounds_folder
    await asyncio.to_thread(process.cli, switch, f"queue remove member {member} from {TELLING}")


def waits(maria: Customer, seconds: float) -> Customer:
    """Let a customer wait for an agent for a while."""
    return maria.hears_out(HELLO).waits(timedelta(seconds=seconds)).hangs_up().records()


async def test_a_spanish_caller_hears_spanish_in_our_own_voice(
    open_bank: OpenBank, content: Content, sounds: Path, a_customer: Customers
) -> None:
    maria, ours = waits(a_customer(language="es"), 8), sounds / channel_language("es")
    async with open_bank(content=content, queue_sounds=sounds) as bank:
        await until((ours / "digits/100.wav").exists)
        await bank.calls(maria)
        await maria.call_is_over()
        await bank.story_after(maria)
    heard = await maria.heard()
    for sound in ("queue-youarenext", "queue-thankyou"):
        assert heard_audio_matches(heard, ours / f"{sound}.wav") > SAME, sound
        assert heard_audio_matches(heard, sounds / f"en/{sound}.wav") < 0.5, "not Asterisk's own"


@pytest.mark.full
async def test_who_comes_second_hears_the_number_of_their_place(
    open_bank: OpenBank, content: Content, sounds: Path, a_customer: Customers
) -> None:
    first, second = waits(a_customer(language="es"), 25), waits(a_customer(language="es"), 10)
    ours = sounds / channel_language("es")
    async with open_bank(content=content, queue_sounds=sounds) as bank:
        await until((ours / "digits/100.wav").exists)
        await bank.calls(first)
        await first.has_heard(HELLO)
        await asyncio.sleep(3)  # until the first one stands in the queue, of which nobody tells
        await bank.calls(second)
        await second.call_is_over()
        heard = await second.heard()
        await first.call_is_over()
        await bank.story_after(first)
    for sound in ("queue-thereare", "digits/2", "queue-callswaiting"):
        assert heard_audio_matches(heard, ours / f"{sound}.wav") > SAME, sound
