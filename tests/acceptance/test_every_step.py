"""People hang up, fall silent and press wrong keys at every question; each call ends as they expect it to."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from structlog.testing import LogCapture

from tests.acceptance.bank import Bank
from tests.acceptance.conftest import QUICK_RULES, Edit, OpenBank, content_in
from tests.acceptance.customers import Customers
from tests.acceptance.every_step import Talk, end_in_every_way
from tests.acceptance.test_call_later import asks_for_later
from tests.acceptance.test_order_delayed import hears_of_it
from tests.acceptance.test_preferences import asks_for_preferences
from tests.acceptance.test_survey import FLOWS, is_asked

pytestmark = [pytest.mark.asterisk, pytest.mark.full]

LATER_TIME = ("3", "key in the time with four digits")
DAY = ("2", "key in the month and the day")
HOURS = ("1", "From when on")
TALKS = {
    "call-later": Talk(
        asks_for_later,
        {"when": (), "time": (LATER_TIME,), "right": (LATER_TIME, ("1530", "If that is right"))},
    ),
    "order-delayed": Talk(
        hears_of_it,
        {
            "menu": (),
            "another-day": (DAY,),
            "day-right": (DAY, ("1224", "You chose")),
            "problem": (("5", "press pound"),),
        },
    ),
    "preferences": Talk(
        asks_for_preferences,
        {
            "menu": (),
            "begin": (HOURS,),
            "end": (HOURS, ("0930", "Until when")),
            "right": (HOURS, ("0930", "Until when"), ("1200", "If that is right")),
            "language": (("2", "For Spanish"),),
            "medium": (("3", "By text message"),),
            "tempo": (("4", "At the usual speed"),),
        },
    ),
    "survey": Talk(
        is_asked,
        {
            "ease": (),
            "satisfied": (("4", "How satisfied"),),
            "remark": (("4", "How satisfied"), ("4", "If you want to tell us more")),
        },
    ),
}


@pytest.fixture
async def bank(request: pytest.FixtureRequest, open_bank: OpenBank, edit: Edit) -> AsyncIterator[Bank]:
    """A bank that calls about what the talk is about, and asks everybody who has disputed a payment."""
    edit.replace(FLOWS, "survey.yaml", "percent: 10", "percent: 100")
    flows: Path = edit.replace(
        FLOWS,
        "payment-overdue.yaml",
        "  disputed:\n    type: hangup\n    prompt: overdue-disputed\n    reason: disputed\n",
        "  disputed: {type: enter_flow, flow: survey, next: goodbye}\n",
    )
    rules = edit.copy(QUICK_RULES)
    if request.node.callspec.params["name"] == "order-delayed":
        rules = edit.replace(
            QUICK_RULES, "payment-overdue.yaml", "flow: payment-overdue", "flow: order-delayed"
        )
    async with open_bank(content=content_in(flows=flows, rules=rules)) as bank:
        yield bank


@pytest.mark.parametrize("name", TALKS)
async def test_at_every_question_a_call_can_end_in_every_way(
    bank: Bank, a_customer: Customers, engine_log: LogCapture, subtests: pytest.Subtests, name: str
) -> None:
    await end_in_every_way(bank, TALKS[name], a_customer, engine_log, subtests)
