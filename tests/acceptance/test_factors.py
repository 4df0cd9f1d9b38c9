"""A customer proves to be them before anything is said of the account, and sets a PIN for the next call."""

from __future__ import annotations

import logging
import shutil
from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path

import pytest
from structlog.testing import LogCapture

from ivr.engine.check_factor import WINDOW
from ivr.engine.content import Content
from ivr.sources.content_folder import ContentFolders, lint_flows
from tests.acceptance.bank import Bank
from tests.acceptance.books import Story
from tests.acceptance.conftest import QUICK_RULES, Edit, OpenBank, content_in
from tests.acceptance.customers import Customer, Customers, with_another_matter
from tests.acceptance.test_nothing_leaks import books_in, log_files
from tests.asterisk_pair import REPOSITORY, AsteriskPair

pytestmark = pytest.mark.asterisk

EXAMPLE = REPOSITORY / "tests/acceptance/prove"
BORN_ON, RIGHT, WRONG = date(1985, 7, 31), "07311985", "01021999"
PIN = "73915826"
"""As long as it may be, so that its last digit ends it and the pound key is one too many."""
HELLO, ASKS = "Hello, this is Sample Bank", "key in your date of birth"
DETAILS = "A payment of forty-two dollars"
WRONG_ONE, LOCKED, GIVEN_UP = "not what we have on file", "too many tries", "can not make sure"


@pytest.fixture
def prompts(edit: Edit) -> Path:
    """The shipped prompts with those of the example."""
    folder = edit.copy("prompts")
    shutil.copy(EXAMPLE / "prompts/en/prove.yaml", folder / "en")
    return folder


@pytest.fixture
def prove(edit: Edit, prompts: Path) -> Content:
    """Content whose rule calls with the example, and again soon where nothing was settled."""
    edit.replace(QUICK_RULES, "payment-overdue.yaml", "flow: payment-overdue", "flow: prove")
    old = "no_response: {max_attempts: 2, after: 7s}"
    rules = edit.replace(QUICK_RULES, "retry/quick.yaml", old, old.replace("7s", "1s"))
    return content_in(flows=EXAMPLE / "flows", prompts=prompts, rules=rules)


@pytest.fixture
async def bank(open_bank: OpenBank, prove: Content) -> AsyncIterator[Bank]:
    async with open_bank(content=prove) as bank:
        yield bank


@pytest.fixture
def maria(a_customer: Customers) -> Customer:
    """Somebody who says that it is them."""
    return a_customer(birth_date=BORN_ON).expects(HELLO).presses("1").expects(ASKS)


def heard(maria: Customer) -> str:
    return " ".join(maria.heard_words())


def test_the_example_is_as_the_linter_wants_it(prompts: Path) -> None:
    folders = ContentFolders(
        EXAMPLE / "flows", prompts, REPOSITORY / "alert_rules", REPOSITORY / "config/compliance"
    )
    assert lint_flows(folders) == ()


async def test_the_right_birth_date_opens_the_details_and_a_pin_that_is_set_opens_them_the_next_time(
    bank: Bank, maria: Customer
) -> None:
    maria.presses(f"{RIGHT}#").expects("This call is from a debt collector").expects(DETAILS).presses("1")
    maria.expects("key in a new PIN").presses("1234#").expects("Once more").presses("1234#")
    maria.expects("too easily guessed").presses(f"{PIN}#").expects("Once more").presses(f"{PIN}#")
    maria.expects("Your PIN is set")
    await bank.calls(maria)
    await maria.call_is_over()
    maria.from_now_on().expects(HELLO).presses("1").expects("key in your PIN").presses(f"{PIN}#")
    maria.expects(DETAILS).presses("2").expects("Thank you")
    await maria.call_is_over(count=2)
    story = await bank.story_after(maria, attempts=2)
    assert story.responses == ("confirmed",)
    assert ASKS not in heard(maria), "once there is a PIN it is what is asked for"


async def test_a_wrong_birth_date_is_asked_for_again_up_to_the_limit_of_the_call(
    bank: Bank, maria: Customer
) -> None:
    maria.presses(WRONG).expects(WRONG_ONE).presses(WRONG).expects(WRONG_ONE).presses(WRONG)
    maria.expects(GIVEN_UP)
    await bank.calls(maria)
    await maria.call_is_over()
    assert DETAILS not in heard(maria)
    story = await bank.story_after(maria)
    assert effects(story) == ["no_match"] * 3
    assert story.alerts == (("open", None),)


async def test_wrong_tries_add_up_over_calls_until_even_the_right_one_is_not_taken(
    open_bank: OpenBank, prove: Content, maria: Customer
) -> None:
    maria.presses(WRONG).expects(WRONG_ONE).presses(WRONG).expects(WRONG_ONE).presses(WRONG)
    maria.expects(GIVEN_UP)
    async with open_bank(content=prove) as bank:
        await bank.calls(maria)
        await maria.call_is_over()
        await bank.story_after(maria)
        maria.from_now_on().expects(HELLO).presses("1").expects(ASKS).presses(WRONG)
        maria.expects(WRONG_ONE).presses(WRONG).expects(LOCKED)
        await maria.call_is_over(count=2)
        await bank.story_after(maria, attempts=2)
    maria.from_now_on().expects(HELLO).presses("1").expects(ASKS).presses(RIGHT).expects(LOCKED)
    async with open_bank(content=prove) as bank:
        await bank.calls(with_another_matter(maria))
        await maria.call_is_over(count=3)
        story = await bank.story_after(maria, attempts=3)
    assert DETAILS not in heard(maria)
    assert effects(story) == [*["no_match"] * 4, "locked", "locked"]


async def test_one_right_try_takes_the_wrong_ones_back(bank: Bank, maria: Customer) -> None:
    maria.presses(WRONG).expects(WRONG_ONE).presses(WRONG).expects(WRONG_ONE).presses(RIGHT)
    maria.expects(DETAILS).presses("2").expects("Thank you")
    await bank.calls(maria)
    await maria.call_is_over()
    await bank.story_after(maria)
    now = bank.engine.world.clock()
    begun = await bank.engine.store.write(lambda tx: tx.factors.begin_try(maria.id, now, now - WINDOW, 5))
    assert begun == 1


@pytest.mark.full
async def test_silence_where_a_factor_is_asked_for_ends_without_a_word_of_the_account(
    bank: Bank, maria: Customer
) -> None:
    maria.expects("We did not hear a key").expects(ASKS).expects(GIVEN_UP)
    await bank.calls(maria)
    await maria.call_is_over()
    assert DETAILS not in heard(maria)
    story = await bank.story_after(maria)
    assert (story.disposition, effects(story)) == ("no_response", [])


@pytest.mark.parametrize("keyed", ["", "0731"], ids=["before a digit", "in the middle of it"])
async def test_a_hang_up_where_a_factor_is_asked_for_counts_as_no_try(
    bank: Bank, maria: Customer, keyed: str
) -> None:
    (maria.presses(keyed) if keyed else maria).hangs_up()
    await bank.calls(maria)
    await maria.call_is_over()
    story = await bank.story_after(maria)
    assert (story.disposition, effects(story)) == ("hung_up", [])


async def test_who_hangs_up_once_it_is_keyed_has_still_set_a_pin(bank: Bank, maria: Customer) -> None:
    maria.presses(RIGHT).expects(DETAILS).presses("1").expects("key in a new PIN").presses(PIN)
    maria.expects("Once more").presses(f"{PIN}#").hangs_up()
    await bank.calls(maria)
    await maria.call_is_over()
    story = await bank.story_after(maria)
    assert effects(story) == ["match", "done"]
    assert await bank.engine.store.read(lambda tx: tx.factors.pin_hash(maria.id)) is not None


async def test_nothing_that_was_keyed_is_written_anywhere(
    open_bank: OpenBank,
    prove: Content,
    maria: Customer,
    asterisk_pair: AsteriskPair,
    engine_log: LogCapture,
    caplog: pytest.LogCaptureFixture,
    tmp_path: Path,
) -> None:
    maria.presses(WRONG).expects(WRONG_ONE).presses(RIGHT).expects(DETAILS).presses("1")
    maria.expects("key in a new PIN").presses(PIN).expects("Once more").presses(PIN)
    maria.expects("Your PIN is set")
    caplog.set_level(logging.DEBUG)
    async with open_bank(content=prove) as bank:
        await bank.calls(maria)
        await maria.call_is_over()
        await bank.story_after(maria)
    asterisks = [file.read_text("utf-8", "replace") for file in log_files(asterisk_pair)]
    written = (f"{engine_log.entries} {caplog.text}", *asterisks, books_in(tmp_path).decode("latin-1"))
    for secret in (WRONG, RIGHT, PIN):
        assert not [text for text in written if secret in text], (
            "the store has the birth date, never as keyed"
        )


def effects(story: Story) -> list[str]:
    """Return how each effect of the calls ended, oldest first."""
    return [step.detail["result"] for step in story.steps if step.kind == "effect"]
