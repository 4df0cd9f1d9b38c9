import pytest

from ivr.errors import ContentError, FlowError
from tests.unit.flows.rehearsal import MARIA, flow_of, for_anyone, rehearse

CATALOGUE = for_anyone("done")
NODES = """
promise: {type: respond, response: promised, details: {within_days: 7}, next: done}
done: {type: hangup, prompt: done}
"""


def test_it_records_the_response_stores_it_and_goes_on() -> None:
    assert rehearse(flow_of(NODES, CATALOGUE), CATALOGUE).transcript == [
        "respond promised {'within_days': 7}",
        "checkpoint",
        "say done: done",
    ]


def test_a_hang_up_after_a_settling_response_adds_nothing() -> None:
    call = rehearse(flow_of(NODES, CATALOGUE), CATALOGUE).hangs_up()
    assert "respond hung_up" not in call.transcript


def test_details_can_speak_of_variables() -> None:
    nodes = """
respond: {type: respond, response: rescheduled, details: {on: "{{ account.due_on }}"}, next: done}
done: {type: hangup}
"""
    catalogue = for_anyone()
    call = rehearse(flow_of(nodes, catalogue), catalogue)
    assert "respond rescheduled {'on': '2026-03-01'}" in call.transcript


@pytest.mark.parametrize(
    ("details", "said"),
    [
        ('{on: "{{ account.due_on }}"}', "ask for it with a promise node"),
        ("{within_day: 7}", "a promise can't be read from within_day"),
    ],
)
def test_a_promise_that_can_not_be_read_is_refused_before_anybody_is_called(details: str, said: str) -> None:
    with pytest.raises(ContentError, match=said):
        flow_of(NODES.replace("{within_days: 7}", details), CATALOGUE)


def test_a_promise_that_the_rule_does_not_allow_is_not_taken() -> None:
    nodes = NODES.replace("within_days: 7", "within_days: 15")
    with pytest.raises(FlowError, match="not taken: 2026-03-24 is not within 14 days"):
        rehearse(flow_of(nodes, CATALOGUE), CATALOGUE)


def test_where_the_host_sets_no_limits_there_are_none() -> None:
    nodes = NODES.replace("within_days: 7", "within_days: 15")
    call = rehearse(flow_of(nodes, CATALOGUE), CATALOGUE, {"today": MARIA["today"]})
    assert "respond promised {'within_days': 15}" in call.transcript
