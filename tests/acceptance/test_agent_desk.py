"""An agent on a telephone elsewhere pauses and comes back by calling a number of ours."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from ivr.app.agents import agents_now
from ivr.engine.pin_hash import hash_pin
from ivr.engine.ports.desk_agents import DeskAgent
from ivr.engine.reception import Reception
from ivr.switch import process
from tests.acceptance.callers import HOTLINE, closed_calls
from tests.acceptance.conftest import OpenBank
from tests.acceptance.phone import PhoneBook
from tests.acceptance.test_nothing_leaks import books_in, log_files
from tests.asterisk_pair import AsteriskPair

pytestmark = pytest.mark.asterisk

AGENT, PIN = "48151", "739158264"


async def test_a_wrong_pin_changes_nothing_and_the_right_one_pauses_the_agent(
    open_bank: OpenBank,
    phone_book: PhoneBook,
    inbound_app: str,
    agent_queue: str,
    asterisk_pair: AsteriskPair,
    tmp_path: Path,
) -> None:
    amy, switch = phone_book.somebody(), asterisk_pair.engine
    member = f"PJSIP/{amy.number}@carrier"
    process.cli(switch, f"queue add member {member} to {agent_queue} penalty 0 as {amy.number}")
    amy.expects("Agents' desk").presses("3").expects("agent number").presses(f"{AGENT}#")
    amy.expects("your PIN").presses("111222#").expects("That is not right").presses(f"{AGENT}#")
    amy.expects("your PIN").presses(f"{PIN}#").expects("You get no calls until you resume")
    kept = DeskAgent(AGENT, amy.number, await hash_pin(PIN))
    desk = Reception({HOTLINE: "agent-desk"}, "US", 600)
    try:
        async with open_bank(app=inbound_app, reception=desk) as bank:
            await bank.engine.store.write(lambda tx: tx.desk_agents.put(kept, bank.engine.world.clock()))
            await amy.dials(HOTLINE)
            await amy.call_is_over()
            [paused] = [each for each in await agents_now(switch.connection()) if each.name == amy.number]
            amy.from_now_on().expects("Agents' desk").presses("4").expects("agent number")
            amy.presses(f"{AGENT}#").expects("your PIN").presses(f"{PIN}#").expects("You get calls now")
            await amy.dials(HOTLINE)
            await amy.call_is_over(2)
            await closed_calls(bank, 2)
            [back] = [each for each in await agents_now(switch.connection()) if each.name == amy.number]
    finally:
        await asyncio.to_thread(process.cli, switch, f"queue remove member {member} from {agent_queue}")
    assert (paused.paused, paused.paused_reason) == (True, "by telephone")
    assert not back.paused
    books = books_in(tmp_path)
    assert PIN.encode() not in books
    assert b"111222" not in books
    for log in log_files(asterisk_pair):
        text = log.read_text("utf-8", "replace")
        assert not [digits for digits in (AGENT, PIN, "111222") if digits in text], log
