import pytest

from ivr.flows.effects import ClearBulletin
from tests.unit.flows.rehearsal import Rehearsal, flow_of, for_anyone, rehearse

CATALOGUE = for_anyone("pin", "done", "nothing", "failed")
NODES = """
door: {type: check_pin, prompt: pin, match: clear, locked: failed, closed: failed}
clear: {type: clear_bulletin, done: done, nothing: nothing, failed: failed}
done: {type: hangup, prompt: done}
nothing: {type: hangup, prompt: nothing}
failed: {type: hangup, prompt: failed}
"""


@pytest.fixture
def call() -> Rehearsal:
    return rehearse(flow_of(NODES, CATALOGUE), CATALOGUE).listens().presses("271828#").learns("match")


def test_the_bulletin_of_the_language_that_is_spoken_is_meant(call: Rehearsal) -> None:
    assert call.commands[-1] == ClearBulletin(3, "en")


@pytest.mark.parametrize("result", ["done", "nothing", "failed"])
def test_each_result_has_its_way(call: Rehearsal, result: str) -> None:
    assert call.learns(result).heard == ["pin", result]
