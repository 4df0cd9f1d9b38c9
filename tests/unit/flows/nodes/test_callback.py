from datetime import UTC, datetime

import pytest

from ivr.errors import ContentError
from ivr.flows.effects import RequestCallback
from ivr.prompts.content_tier import ContentTier
from tests.unit.flows.rehearsal import Rehearsal, TinyCatalogue, flow_of, rehearse

CATALOGUE = TinyCatalogue(
    dict.fromkeys(("when", "time", "noted", "closed", "failed", "sorry", "bye"), ContentTier.ANYONE),
    slots={"time": "gathered.callback_time"},
)
NODES = """
back: {type: callback, time: {prompt: when, read_back: time}, done: noted, closed: closed, failed: failed}
noted: {type: hangup, prompt: noted}
closed: {type: hangup, prompt: closed}
failed: {type: hangup, prompt: failed}
"""
FIXED = NODES.replace("time: {prompt: when, read_back: time}", "minutes: 120")


def call(nodes: str = NODES) -> Rehearsal:
    return rehearse(flow_of(nodes, CATALOGUE), CATALOGUE).listens()


def test_a_keyed_time_is_read_back_then_arranged() -> None:
    person = call().presses("1530").listens()
    assert person.heard == ["when", "time 15:30:00"]
    assert person.presses("1").turn.state.effect == RequestCallback(3, None, "15:30")


def test_a_fixed_time_is_arranged_at_once() -> None:
    assert call(FIXED).turn.state.effect == RequestCallback(1, 120, None)


def test_the_response_tells_the_moment() -> None:
    person = call(FIXED).learns("done", moment=datetime(2026, 3, 9, 20, tzinfo=UTC))
    assert "respond callback_requested {'moment': '2026-03-09T20:00:00+00:00'}" in person.transcript
    assert person.heard == ["noted"]


@pytest.mark.parametrize("result", ["closed", "failed"])
def test_what_can_not_be_arranged_is_told_and_no_response(result: str) -> None:
    person = call(FIXED).learns(result)
    assert person.heard == [result]
    assert person.turn.state.responses == ()


@pytest.mark.parametrize("keys", ["2460", "9900"])
def test_what_is_no_time_is_asked_for_again(keys: str) -> None:
    assert call().presses(keys).heard == ["when", "when"]


def test_it_must_say_when_in_one_way() -> None:
    with pytest.raises(ContentError, match="it must say when, in one way; give it either"):
        flow_of(FIXED.replace("minutes: 120, ", ""), CATALOGUE)
