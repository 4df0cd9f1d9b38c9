from collections.abc import Mapping

import pytest

from ivr.flows.known_before import known_before
from ivr.flows.session import Session
from tests.unit.flows.rehearsal import MARIA, flow_of, for_anyone, rehearse

ON_AIR: Mapping[str, object] = {**MARIA, "bulletin": {"languages": ["en"]}}
WITH, WITHOUT = for_anyone("bulletin", "greet"), for_anyone("greet")
NODES = """
bulletin: {type: bulletin, next: greet}
greet: {type: menu, prompt: greet, keys: {1: bye}, no_input: {to: bye}}
bye: {type: hangup}
"""


def test_it_is_said_before_all_else_while_it_is_on_the_air() -> None:
    assert rehearse(flow_of(NODES, WITHOUT), WITH, ON_AIR).listens().heard == ["bulletin", "greet"]


def test_without_one_nothing_is_said() -> None:
    assert rehearse(flow_of(NODES, WITHOUT), WITHOUT).heard == ["greet"]


def test_a_flow_may_have_a_place_for_it_whether_there_is_one_or_not() -> None:
    assert flow_of(NODES, WITHOUT).nodes == flow_of(NODES, WITH).nodes


@pytest.mark.parametrize(("interruptible", "cut"), [("true", True), ("false", False)])
def test_a_key_cuts_it_unless_it_must_be_heard(interruptible: str, cut: bool) -> None:
    nodes = NODES.replace("next: greet", f"next: greet, interruptible: {interruptible}", 1)
    call = rehearse(flow_of(nodes, WITHOUT), WITH, ON_AIR).presses("1")
    assert ("cut" in call.transcript, call.is_over) == (cut, cut)
    assert call.listens().is_over, "the key answered the menu"


def test_its_speech_is_made_before_the_call() -> None:
    session = Session(flow_of(NODES, WITHOUT), WITH, ON_AIR, "en")
    assert "bulletin" in {segment.text for segment in known_before(session)}
    session = Session(flow_of(NODES, WITHOUT), WITHOUT, MARIA, "en")
    assert "bulletin" not in {segment.text for segment in known_before(session)}
