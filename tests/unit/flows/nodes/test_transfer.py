import pytest

from ivr.errors import FlowError
from tests.unit.flows.rehearsal import Rehearsal, flow_of, for_anyone, rehearse

CATALOGUE = for_anyone("hold", "thanks", "busy", "broken")
NODES = """
agent: {type: transfer, prompt: hold, queue: collections, done: thanks, no_agent: busy, failed: broken}
thanks: {type: hangup, prompt: thanks}
busy: {type: hangup, prompt: busy}
broken: {type: hangup, prompt: broken}
"""


@pytest.fixture
def call() -> Rehearsal:
    return rehearse(flow_of(NODES, CATALOGUE), CATALOGUE)


def test_it_announces_then_transfers_with_the_state_stored_before(call: Rehearsal) -> None:
    assert call.presses("1").listens().transcript == [
        "say agent: hold",
        "checkpoint",
        "transfer to collections",
    ]


@pytest.mark.parametrize(("result", "said"), [("done", "thanks"), ("no_agent", "busy"), ("failed", "broken")])
def test_each_result_has_its_way(call: Rehearsal, result: str, said: str) -> None:
    assert call.listens().learns(result).heard[-1] == said


def test_only_a_talk_with_an_agent_is_a_transfer(call: Rehearsal) -> None:
    assert "respond transferred {'queue': 'collections'}" in call.listens().learns("done").transcript


def test_leaving_the_queue_is_hanging_up(call: Rehearsal) -> None:
    assert call.listens().hangs_up().transcript[-1] == "respond hung_up"


def test_an_agent_who_took_the_call_as_it_ended_is_still_told(call: Rehearsal) -> None:
    call.listens().hangs_up().learns("done")
    assert call.transcript[-2:] == ["respond transferred {'queue': 'collections'}", "checkpoint"]


def test_a_result_that_a_transfer_can_not_have_is_loud(call: Rehearsal) -> None:
    with pytest.raises(FlowError, match="can't end in 'paid'"):
        call.listens().learns("paid")
