"""A short survey at the end of some calls: each answer is kept on its key, a low score is seen by rules."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from ivr.accounts.account_event import AccountEventKind
from ivr.engine.read_models import SurveyQuestion
from ivr.store.reports import survey_questions
from tests.acceptance.bank import Bank
from tests.acceptance.conftest import Edit, OpenBank, content_in
from tests.acceptance.customers import Customer, Customers
from tests.acceptance.test_answers import confirms_the_name

pytestmark = pytest.mark.asterisk

EASE, SATISFIED, REMARK = "How easy was it", "How satisfied are you", "If you want to tell us more"
FLOWS = "dialplans/flows"


@pytest.fixture
async def bank(open_bank: OpenBank, edit: Edit) -> AsyncIterator[Bank]:
    """A bank that asks everybody who has disputed a payment."""
    edit.replace(FLOWS, "survey.yaml", "percent: 10", "percent: 100")
    flows: Path = edit.replace(
        FLOWS,
        "payment-overdue.yaml",
        "  disputed:\n    type: hangup\n    prompt: overdue-disputed\n    reason: disputed\n",
        "  disputed: {type: enter_flow, flow: survey, next: goodbye}\n",
    )
    async with open_bank(content=content_in(flows=flows)) as bank:
        yield bank


def is_asked(customer: Customer) -> Customer:
    """Come to the first question."""
    confirms_the_name(customer).presses("5").expects("If you do not agree").presses("1")
    return customer.expects(EASE)


async def answers(bank: Bank) -> list[SurveyQuestion]:
    return list(await bank.engine.store.read(survey_questions))


async def has_low_score(bank: Bank, customer: Customer) -> bool:
    [account] = customer.record.accounts
    known = await bank.engine.store.read(lambda tx: tx.customers.account(account.id))
    assert known is not None
    return AccountEventKind.LOW_SCORE in known.events


async def test_answers_by_key_and_a_remark_are_kept_and_a_low_score_is_an_event(
    bank: Bank, a_customer: Customers
) -> None:
    maria = is_asked(a_customer()).presses("7").expects("That key is not one").expects(EASE).presses("4")
    maria.expects(SATISFIED).presses("1").expects(REMARK).presses("1").hears_out("press pound")
    maria.says("conf-onlyperson").presses("#").expects("Goodbye")
    await bank.calls(maria)
    await maria.call_is_over()
    assert (await bank.story_after(maria)).responses == ("disputed",)
    assert await answers(bank) == [
        SurveyQuestion("after-call", "ease", 1, 4.0, {4: 1}, 0),
        SurveyQuestion("after-call", "remark", 0, None, {}, 1),
        SurveyQuestion("after-call", "satisfied", 1, 1.0, {1: 1}, 0),
    ]
    assert await has_low_score(bank, maria)


async def test_who_hangs_up_at_the_second_question_has_answered_the_first(
    bank: Bank, a_customer: Customers
) -> None:
    maria = is_asked(a_customer()).presses("5").expects(SATISFIED).hangs_up()
    await bank.calls(maria)
    await maria.call_is_over()
    await bank.story_after(maria)
    assert await answers(bank) == [SurveyQuestion("after-call", "ease", 1, 5.0, {5: 1}, 0)]
    assert not await has_low_score(bank, maria)


@pytest.mark.full
async def test_silence_and_wrong_keys_answer_nothing_and_the_call_ends_politely(
    bank: Bank, a_customer: Customers
) -> None:
    silent, wrong = is_asked(a_customer()), is_asked(a_customer())
    silent.expects("We did not hear a key").expects(EASE).expects("Goodbye")
    for time in range(3):
        wrong.presses("8").expects("That key is not one" if time < 2 else "Goodbye")
    await bank.calls(silent, wrong)
    await silent.call_is_over()
    await wrong.call_is_over()
    assert await answers(bank) == []
