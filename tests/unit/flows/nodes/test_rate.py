from __future__ import annotations

import pytest
from pydantic import ValidationError

from ivr.flows.effects import DrawSample, KeepAnswer
from ivr.flows.nodes.rate import RateNode
from tests.unit.flows.rehearsal import Rehearsal, flow_of, for_anyone, rehearse

CATALOGUE = for_anyone("ease", "again", "thanks", "say")
NODES = """
draw: {type: draw_sample, sample: after, percent: 12.5, drawn: ease, left_out: end}
ease: {type: rate, survey: after, about: ease, prompt: ease, most: 4, low: 1, next: speak,
  no_input: {to: end}, no_match: {prompt: again, to: end}}
speak: {type: record, prompt: say, variable: remark, next: keep, failed: end}
keep: {type: keep_remark, survey: after, about: remark, recording: gathered.remark, done: end}
end: {type: hangup, prompt: thanks}
"""


@pytest.fixture
def call() -> Rehearsal:
    """A call at the draw."""
    return rehearse(flow_of(NODES, CATALOGUE), CATALOGUE)


def test_the_engine_is_asked_who_is_in_the_sample(call: Rehearsal) -> None:
    assert call.turn.state.effect == DrawSample(1, "after", 12.5)
    assert call.learns("left_out").heard == ["thanks"]


def test_a_score_is_kept_on_its_key_and_it_goes_on(call: Rehearsal) -> None:
    call.learns("drawn").presses("3")
    effect = call.turn.state.effect
    assert isinstance(effect, KeepAnswer)
    assert (effect.survey, effect.question, effect.score, effect.low) == ("after", "ease", 3, 1)
    assert call.learns("done").heard[-1] == "say"


@pytest.mark.parametrize("key", ["0", "5", "#"])
def test_what_is_no_score_is_asked_for_again(call: Rehearsal, key: str) -> None:
    call.learns("drawn").presses(key)
    assert call.turn.state.effect is None
    assert call.heard[-1] == "again + ease"


def test_silence_is_no_answer(call: Rehearsal) -> None:
    assert call.learns("drawn").stays_silent(2).heard[-1] == "thanks"


def test_a_remark_is_kept_by_its_name(call: Rehearsal) -> None:
    call.learns("drawn").presses("4").learns("done").listens().learns("recorded", recording="r1", seconds=4)
    effect = call.turn.state.effect
    assert isinstance(effect, KeepAnswer)
    assert (effect.question, effect.score, effect.recording) == ("remark", None, "r1")


def test_not_every_score_can_be_low() -> None:
    with pytest.raises(ValidationError, match="at most 4"):
        RateNode.model_validate(
            {"type": "rate", "survey": "a", "about": "b", "prompt": "c", "next": "d", "low": 5}
        )
