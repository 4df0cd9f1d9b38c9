import pytest

from ivr.flows.effects import ForwardAlert
from ivr.prompts.content_tier import ContentTier
from tests.unit.flows.rehearsal import Rehearsal, TinyCatalogue, flow_of, rehearse

CATALOGUE = TinyCatalogue(
    dict.fromkeys(("speak", "done", "refused", "failed", "sorry", "bye"), ContentTier.ANYONE)
)
NODES = """
speak: {type: record, prompt: speak, variable: comment, next: link, failed: link}
link: {type: forward_link, comment: comment, done: done, refused: refused, failed: failed}
done: {type: hangup, prompt: done}
refused: {type: hangup, prompt: refused}
failed: {type: hangup, prompt: failed}
"""


@pytest.fixture
def call() -> Rehearsal:
    return rehearse(flow_of(NODES, CATALOGUE), CATALOGUE).listens()


def test_the_comment_goes_with_a_link_for_nobody_in_particular(call: Rehearsal) -> None:
    effect = call.learns("recorded", recording="r1").turn.state.effect
    assert effect == ForwardAlert(3, None, "r1")
    call.learns("done")
    assert [(response.value, dict(more)) for response, more in call.turn.state.responses] == [
        ("forwarded", {"comment": "r1"})
    ]
    assert call.heard[-1] == "done"


def test_without_a_comment_it_goes_alone(call: Rehearsal) -> None:
    effect = call.learns("failed").turn.state.effect
    assert isinstance(effect, ForwardAlert)
    assert (effect.number, effect.comment) == (None, None)


@pytest.mark.parametrize("result", ["refused", "failed"])
def test_other_results_have_their_ways_and_are_no_answer(call: Rehearsal, result: str) -> None:
    call.learns("failed").learns(result)
    assert call.heard[-1] == result
    assert call.turn.state.responses == ()
