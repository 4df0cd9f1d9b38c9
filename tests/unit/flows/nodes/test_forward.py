import pytest

from ivr.flows.effects import ForwardAlert
from ivr.prompts.content_tier import ContentTier
from tests.unit.flows.rehearsal import Rehearsal, TinyCatalogue, flow_of, rehearse

CATALOGUE = TinyCatalogue(
    dict.fromkeys(
        ("speak", "number", "back", "done", "refused", "failed", "sorry", "bye"), ContentTier.ANYONE
    ),
    slots={"back": "gathered.forward_number"},
)
NODES = """
speak: {type: record, prompt: speak, variable: comment, next: forward, failed: forward}
forward:
  type: forward
  number: {prompt: number, read_back: back}
  comment: comment
  done: done
  refused: refused
  failed: failed
done: {type: hangup, prompt: done}
refused: {type: hangup, prompt: refused}
failed: {type: hangup, prompt: failed}
"""


@pytest.fixture
def call() -> Rehearsal:
    return rehearse(flow_of(NODES, CATALOGUE), CATALOGUE).listens()


def test_the_number_is_read_back_then_it_goes_with_the_comment(call: Rehearsal) -> None:
    call.learns("recorded", recording="r1").listens().presses("2025550147#").listens()
    assert call.heard[-1] == "back +12025550147"
    effect = call.presses("1").turn.state.effect
    assert effect == ForwardAlert(5, "+12025550147", "r1")
    assert "2025550147" not in repr(effect)
    assert call.learns("done").transcript[-3:-1] == ["respond forwarded {'comment': 'r1'}", "checkpoint"]


def test_without_a_comment_it_goes_alone(call: Rehearsal) -> None:
    call.learns("failed").listens().presses("2025550147#").listens().presses("1")
    assert isinstance(call.turn.state.effect, ForwardAlert)
    assert call.turn.state.effect.comment is None


@pytest.mark.parametrize("result", ["refused", "failed"])
def test_other_results_have_their_ways(call: Rehearsal, result: str) -> None:
    call.learns("failed").listens().presses("2025550147#").listens().presses("1").learns(result)
    assert call.heard[-1] == result
    assert call.turn.state.responses == ()


@pytest.mark.parametrize("keys", ["1234567#", "9005551234#", "0000000#"])
def test_what_nobody_may_dial_is_no_number(call: Rehearsal, keys: str) -> None:
    assert call.learns("failed").listens().presses(keys).heard[-1] == "number"
    assert "forward_number" not in call.turn.state.gathered
