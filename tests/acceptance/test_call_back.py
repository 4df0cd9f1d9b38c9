"""Who asks to be called back is called at that moment, or is told that it can't be."""

from __future__ import annotations

import shutil
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from ivr.clock import utc_now
from ivr.engine.content import Content
from ivr.prompts.languages import LANGUAGES
from ivr.sources.content_folder import ContentFolders, lint_flows
from tests.acceptance.conftest import EASTERN, QUICK_RULES, Edit, OpenBank, content_in
from tests.acceptance.customers import Customer, Customers
from tests.asterisk_pair import REPOSITORY

pytestmark = pytest.mark.asterisk

EXAMPLE = REPOSITORY / "tests/acceptance/call_back"
HELLO, WHEN, ASK_TIME = "Hello, this is Sample Bank", "To be called back in", "key in the time"
NOTED = "We will call you on"
ANY_HOUR = "every_day: 00:00-24:00"


@pytest.fixture
def prompts(edit: Edit) -> Path:
    """The shipped prompts with those of the example."""
    folder = edit.copy("prompts")
    shutil.copy(EXAMPLE / "prompts/en/call-back.yaml", folder / "en")
    return folder


@pytest.fixture
def rules(edit: Edit) -> Path:
    """A rule that calls with the example at any hour, for two days; to it "later" alone means never."""
    edit.replace(QUICK_RULES, "payment-overdue.yaml", "expires_after: 1h", "expires_after: 2d")
    return edit.replace(QUICK_RULES, "payment-overdue.yaml", "flow: payment-overdue", "flow: call-back")


@pytest.fixture
def call_back(prompts: Path, rules: Path) -> Content:
    return content_in(flows=EXAMPLE / "flows", prompts=prompts, rules=rules)


@pytest.fixture
def maria(a_customer: Customers) -> Customer:
    """Somebody who says that it is them."""
    return a_customer().expects(HELLO).presses("1").expects(WHEN)


def far_from_now(*, minute: int) -> datetime:
    """Return the next moment of that minute in an hour that is hours away, on the customer's clock."""
    far = (utc_now() + timedelta(hours=9)).astimezone(EASTERN)
    # Of an hour that comes twice that night the first is meant.
    return far.replace(minute=minute, second=0, microsecond=0, fold=0)


def keyed(moment: datetime) -> str:
    return f"{moment:%H%M}"


def spoken(moment: datetime) -> str:
    return LANGUAGES["en"].time(moment.time())


def test_the_example_is_as_the_linter_wants_it(prompts: Path) -> None:
    folders = ContentFolders(
        EXAMPLE / "flows", prompts, REPOSITORY / "alert_rules", REPOSITORY / "config/compliance"
    )
    assert lint_flows(folders) == ()


async def test_in_so_many_minutes_is_when_the_next_attempt_is_due(
    open_bank: OpenBank, call_back: Content, maria: Customer
) -> None:
    maria.presses("1").expects(NOTED)
    async with open_bank(content=call_back) as bank:
        await bank.calls(maria)
        await maria.call_is_over()
        story = await bank.story_after(maria)
    [call] = story.calls
    assert story.next_attempt is not None
    asked_at = story.next_attempt.due_at - timedelta(minutes=90)
    assert call.answered_at <= asked_at <= call.ended_at
    assert (story.disposition, story.responses) == ("callback", ("callback_requested",))
    assert story.alerts == (("open", None),)


async def test_the_time_that_was_keyed_in_is_told_and_is_when_the_next_attempt_is_due(
    open_bank: OpenBank, call_back: Content, maria: Customer
) -> None:
    at = far_from_now(minute=17)
    maria.presses("2").expects(ASK_TIME).presses(keyed(at)).expects(f"That is {spoken(at)}").presses("1")
    maria.expects(f"at {spoken(at)}")
    async with open_bank(content=call_back) as bank:
        await bank.calls(maria)
        await maria.call_is_over()
        story = await bank.story_after(maria)
    assert story.next_attempt is not None
    assert story.next_attempt.due_at == at


async def test_a_time_outside_the_hours_is_refused_and_another_one_can_be_named(
    open_bank: OpenBank, prompts: Path, edit: Edit, rules: Path, maria: Customer
) -> None:
    closed, open_again = far_from_now(minute=16), far_from_now(minute=17)
    hours = f"every_day: [00:00-{closed:%H:%M}, {open_again:%H:%M}-24:00]"
    edit.replace(QUICK_RULES, "hours/any.yaml", ANY_HOUR, hours)
    maria.presses("2").expects(ASK_TIME).presses(keyed(closed)).expects("That is").presses("1")
    maria.expects("We are not allowed to call you then").expects(WHEN).presses("2").expects(ASK_TIME)
    maria.presses(keyed(open_again)).expects(f"That is {spoken(open_again)}").presses("1").expects(NOTED)
    async with open_bank(content=content_in(flows=EXAMPLE / "flows", prompts=prompts, rules=rules)) as bank:
        await bank.calls(maria)
        await maria.call_is_over()
        story = await bank.story_after(maria)
    assert story.next_attempt is not None
    assert story.next_attempt.due_at == open_again


async def test_who_hangs_up_before_it_is_arranged_is_called_as_the_retry_rule_says(
    open_bank: OpenBank, call_back: Content, maria: Customer
) -> None:
    at = far_from_now(minute=17)
    maria.presses("2").expects(ASK_TIME).presses(keyed(at)).expects(f"That is {spoken(at)}").hangs_up()
    async with open_bank(content=call_back) as bank:
        await bank.calls(maria)
        await maria.call_is_over()
        story = await bank.story_after(maria)
    [closed] = story.closed
    assert closed.closed_at is not None
    assert story.next_attempt is not None
    assert story.disposition == "hung_up"
    assert story.next_attempt.due_at == closed.closed_at + timedelta(seconds=6)
