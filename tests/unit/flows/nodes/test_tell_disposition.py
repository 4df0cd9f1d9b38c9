from datetime import date

import pytest

from ivr.errors import ContentError
from ivr.flows.effects import TellDisposition
from ivr.outcomes.agent_disposition import AgentDisposition
from tests.unit.flows.rehearsal import MARIA, Rehearsal, flow_of, for_anyone, rehearse

CATALOGUE = for_anyone("done", "no-call", "failed")
NODES = """
tell: {type: tell_disposition, disposition: deceased, done: done, no_call: no-call, failed: failed}
done: {type: hangup, prompt: done}
no-call: {type: hangup, prompt: no-call}
failed: {type: hangup, prompt: failed}
"""


@pytest.fixture
def call() -> Rehearsal:
    return rehearse(flow_of(NODES, CATALOGUE), CATALOGUE)


def test_the_word_is_the_flow_s(call: Rehearsal) -> None:
    assert call.commands[-1] == TellDisposition(1, AgentDisposition.DECEASED)


@pytest.mark.parametrize(
    ("result", "heard"), [("done", "done"), ("no_call", "no-call"), ("failed", "failed")]
)
def test_each_result_has_its_way(call: Rehearsal, result: str, heard: str) -> None:
    assert call.learns(result).heard == [heard]


@pytest.mark.parametrize(
    ("disposition", "complaint"),
    [
        ("promise_to_pay", "promise_to_pay says nothing without a day; give it `day:`"),
        ("callback", "callback says nothing without a time; give it `time:`"),
        ("deceased, day: today", "`day:` belongs to promise_to_pay; remove it"),
        ("promise_to_pay, day: today, time: today", "`time:` belongs to callback; remove it"),
    ],
)
def test_a_word_takes_its_own_details_and_no_others(disposition: str, complaint: str) -> None:
    with pytest.raises(ContentError, match=complaint):
        flow_of(NODES.replace("deceased", disposition), CATALOGUE)


KEYED = """
amount: {type: gather, prompt: ask, variable: units, length: 3, next: day}
day: {type: gather, prompt: ask, variable: day, form: month_day, length: 4, next: tell}
""" + NODES.replace("deceased", "promise_to_pay, amount: gathered.units, day: gathered.day")


def test_what_was_keyed_goes_with_the_word() -> None:
    catalogue = for_anyone("done", "no-call", "failed", "ask")
    call = rehearse(flow_of(KEYED, catalogue), catalogue).presses("1200315")
    today = MARIA["today"]
    assert isinstance(today, date)
    on = date(today.year, 3, 15)
    told = call.commands[-1]
    assert isinstance(told, TellDisposition)
    assert (told.disposition, told.units, told.on) == (AgentDisposition.PROMISE_TO_PAY, "120", on.isoformat())
