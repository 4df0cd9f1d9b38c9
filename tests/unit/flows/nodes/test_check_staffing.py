import pytest

from ivr.errors import ContentError
from tests.unit.flows.rehearsal import flow_of, for_anyone, rehearse

CATALOGUE = for_anyone("free", "waiting", "busy")
NODES = """
queue: {type: check_staffing, queue: q, free: free, waiting: waiting, longest_wait: 90, busy: busy}
free: {type: hangup, prompt: free}
waiting: {type: hangup, prompt: waiting}
busy: {type: hangup, prompt: busy}
"""


@pytest.mark.parametrize(
    ("result", "values", "said"),
    [
        ("known", {"free_agents": 1, "expected_wait": 500}, "free"),
        ("known", {"free_agents": 0, "expected_wait": 90}, "waiting"),
        ("known", {"free_agents": 0, "expected_wait": 91}, "busy"),
        ("known", {"free_agents": 0}, "busy"),
        ("known", {}, "busy"),
        ("failed", {}, "busy"),
    ],
)
def test_the_state_of_the_queue_leads(result: str, values: dict[str, int], said: str) -> None:
    call = rehearse(flow_of(NODES, CATALOGUE), CATALOGUE).learns(result, **values)
    assert call.heard == [said]
    assert call.turn.state.result == values


def test_a_longest_wait_that_leads_nowhere_is_refused() -> None:
    with pytest.raises(ContentError, match="`longest_wait:` leads nowhere; add `waiting:`"):
        flow_of(NODES.replace("waiting: waiting,", ""), CATALOGUE)
