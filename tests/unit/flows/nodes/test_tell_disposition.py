import pytest

from ivr.errors import ContentError
from ivr.flows.effects import TellDisposition
from ivr.outcomes.agent_disposition import AgentDisposition
from tests.unit.flows.rehearsal import Rehearsal, flow_of, for_anyone, rehearse

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


@pytest.mark.parametrize("word", ["promise_to_pay", "callback"])
def test_a_word_that_takes_details_is_refused(word: str) -> None:
    with pytest.raises(ContentError, match=f"{word} takes details"):
        flow_of(NODES.replace("deceased", word), CATALOGUE)
