"""A customer is connected with a number outside that the flow names: an IVR, a branch, somebody on call."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from ivr.carrier.sound_match import SAME, heard_audio_matches
from ivr.engine.content import Content
from tests.acceptance.bank import Bank
from tests.acceptance.books import Story
from tests.acceptance.conftest import SIMULATED, Edit, OpenBank, content_in
from tests.acceptance.customers import Customer, Customers
from tests.acceptance.phone import PhoneBook, Somebody
from tests.acceptance.test_nothing_leaks import books_in, log_files
from tests.asterisk.switch.test_agents import strength_of
from tests.asterisk_pair import AsteriskPair

pytestmark = pytest.mark.asterisk

KEYS = "739158264"
"""So many that no id or hash has them by chance."""
MENU, CONNECTING, THANKS, NOBODY, BROKEN = (
    "What would you like?",
    "Please wait a moment.",
    "Thank you for talking.",
    "Nobody is there.",
    "It is not possible now.",
)
FLOW = """
name: payment-overdue
languages: [en]
start: menu
sorry: sorry-after-drop
goodbye: goodbye
nodes:
  menu: {type: menu, prompt: o-menu, keys: {1: branch, 2: ivr, 5: bye}, no_input: {to: bye}}
  branch:
    {type: transfer, prompt: o-connecting, number: "NUMBER", done: thanks, no_agent: nobody, failed: broken}
  ivr:
    type: transfer
    prompt: o-connecting
    ivr: {number: "NUMBER", reference: alert.id}
    done: thanks
    no_agent: nobody
    failed: broken
  thanks: {type: hangup, prompt: o-thanks}
  nobody: {type: say, prompt: o-nobody, next: menu}
  broken: {type: say, prompt: o-broken, next: menu}
  bye: {type: hangup, prompt: goodbye}
"""
PROMPTS = f"""
prompts:
  o-menu: {{text: "{MENU}"}}
  o-connecting: {{text: "{CONNECTING}"}}
  o-thanks: {{text: "{THANKS}"}}
  o-nobody: {{text: "{NOBODY}"}}
  o-broken: {{text: "{BROKEN}"}}
"""
SPEAKS = "vm-enter-num-to-call"
"""What the other side says."""


@pytest.fixture
def branch(phone_book: PhoneBook) -> Somebody:
    """Whoever is at the number outside."""
    return phone_book.somebody()


@pytest.fixture
def content(edit: Edit, tmp_path: Path, branch: Somebody) -> Content:
    """A flow that connects its customers with that number."""
    flows, prompts = tmp_path / "flows", edit.copy("prompts")
    flows.mkdir()
    (flows / "payment-overdue.yaml").write_text(FLOW.replace("NUMBER", branch.number), "utf-8")
    (prompts / "en/o.yaml").write_text(PROMPTS, "utf-8")
    return content_in(flows=flows, prompts=prompts)


async def called(bank: Bank, maria: Customer) -> Story:
    """Call the customer, and return what is written down of it."""
    await bank.calls(maria)
    await maria.call_is_over()
    return await bank.story_after(maria)


async def test_they_talk_and_the_talk_is_in_the_calls_record(
    open_bank: OpenBank,
    content: Content,
    branch: Somebody,
    a_customer: Customers,
    asterisk_pair: AsteriskPair,
    tmp_path: Path,
) -> None:
    maria = a_customer().expects(MENU).presses("2").hears_out(CONNECTING).waits(timedelta(seconds=1.5))
    maria.presses(KEYS).expects(THANKS).records()
    branch.answers(after=timedelta(seconds=1)).waits(timedelta(seconds=5)).says(SPEAKS).hangs_up()
    async with open_bank(content=content) as bank:
        story = await called(bank, maria)
    [there], [row] = branch.calls(), story.calls
    [attempt] = story.closed
    assert (there.attempt_id, there.caller_id) == (attempt.alert_id, SIMULATED.caller_id)
    assert (story.responses, story.disposition) == (("transferred",), "agent_handled")
    assert row.taken_by == branch.number
    sounds = asterisk_pair.carrier.installation.data_folder / "sounds/en"
    assert heard_audio_matches(await maria.heard(), sounds / f"{SPEAKS}.wav") > SAME
    assert KEYS.encode() not in books_in(tmp_path)
    for log in log_files(asterisk_pair):
        assert KEYS not in log.read_text("utf-8", "replace"), log


async def test_whom_nobody_answers_there_comes_back_to_the_flow(
    open_bank: OpenBank, content: Content, branch: Somebody, a_customer: Customers
) -> None:
    maria = a_customer().expects(MENU).presses("1").expects(CONNECTING).expects(NOBODY)
    maria.expects(MENU).presses("5")
    branch.does("busy")
    async with open_bank(content=content) as bank:
        story = await called(bank, maria)
    assert len(branch.calls()) == 1
    assert "transferred" not in story.responses


async def test_a_customer_who_hangs_up_on_the_other_side_ends_both_calls(
    open_bank: OpenBank, content: Content, branch: Somebody, a_customer: Customers
) -> None:
    maria = (
        a_customer().expects(MENU).presses("1").hears_out(CONNECTING).waits(timedelta(seconds=2)).hangs_up()
    )
    branch.answers()
    async with open_bank(content=content) as bank:
        story = await called(bank, maria)
    assert (await branch.call_is_over()).ended_by == "far_end"
    assert story.responses == ("transferred",)


@pytest.mark.full
async def test_before_we_are_live_only_a_listed_number_is_dialled(
    open_bank: OpenBank, content: Content, branch: Somebody, a_customer: Customers
) -> None:
    maria = a_customer()
    real = replace(SIMULATED, is_simulated=False, listed_numbers=frozenset({maria.number}))
    maria.expects(MENU).presses("1").expects(BROKEN).expects(MENU).presses("5")
    branch.answers()
    async with open_bank(content=content, line=real) as bank:
        await called(bank, maria)
    assert branch.calls() == ()


@pytest.mark.full
@pytest.mark.parametrize("does", ["never_answers", "no_such_number", "congestion", "rejects"])
async def test_whoever_can_not_be_reached_leads_back_to_the_menu(
    open_bank: OpenBank,
    content: Content,
    branch: Somebody,
    a_customer: Customers,
    does: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("ivr.engine.transfer_out.RING_SECONDS", 2.0)
    maria = a_customer().expects(MENU).presses("1").expects(CONNECTING).expects(MENU).presses("5")
    branch.does(does)
    async with open_bank(content=content) as bank:
        story = await called(bank, maria)
    assert "transferred" not in story.responses
    assert len(branch.calls()) == 1


@pytest.mark.full
async def test_a_customer_who_hangs_up_while_it_rings_there_has_an_ordinary_end(
    open_bank: OpenBank, content: Content, branch: Somebody, a_customer: Customers
) -> None:
    maria = a_customer().expects(MENU).presses("1").hears_out(CONNECTING)
    maria.waits(timedelta(seconds=5)).hangs_up().records()
    branch.does("never_answers")
    async with open_bank(content=content) as bank:
        story = await called(bank, maria)
    assert story.responses == ("hung_up",)
    assert strength_of(await maria.heard(), 440) > 0.01, "she hears it ring"
