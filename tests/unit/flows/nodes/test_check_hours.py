import pytest

from ivr.flows.effects import CheckHours
from tests.unit.flows.rehearsal import flow_of, for_anyone, rehearse

CATALOGUE = for_anyone("open", "closed")
NODES = """
hours: {type: check_hours, hours: agents, open: open, closed: closed}
open: {type: hangup, prompt: open}
closed: {type: hangup, prompt: closed}
"""


def test_the_host_is_asked_for_the_hours_by_name() -> None:
    assert rehearse(flow_of(NODES, CATALOGUE), CATALOGUE).commands[-1] == CheckHours(1, "agents")


@pytest.mark.parametrize(("result", "said"), [("open", "open"), ("closed", "closed"), ("failed", "closed")])
def test_hours_that_can_not_be_read_count_as_closed(result: str, said: str) -> None:
    assert rehearse(flow_of(NODES, CATALOGUE), CATALOGUE).learns(result).heard == [said]
