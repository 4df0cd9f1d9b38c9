from types import MappingProxyType

from tests.unit.flows.rehearsal import flow_of, for_anyone, rehearse

CATALOGUE = for_anyone("hello", "menu", "bye", "sorry")
NODES = """
hello: {type: say, prompt: hello, next: comment}
comment: {type: play_recording, recording: forward.comment, next: menu}
menu: {type: menu, prompt: menu, keys: {1: bye}}
bye: {type: hangup, prompt: bye}
"""
WITH_COMMENT = MappingProxyType({"forward": {"comment": "r1"}})


def test_the_recording_is_heard_then_it_goes_on() -> None:
    call = rehearse(flow_of(NODES, CATALOGUE), CATALOGUE, WITH_COMMENT).listens()
    assert "replay comment: r1" in call.transcript
    assert call.listens().heard[-1] == "menu"


def test_a_key_cuts_it_and_answers_the_next_question() -> None:
    call = rehearse(flow_of(NODES, CATALOGUE), CATALOGUE, WITH_COMMENT).listens()
    assert call.presses("1").heard[-1] == "bye"


def test_a_key_pressed_ahead_skips_it() -> None:
    call = rehearse(flow_of(NODES, CATALOGUE), CATALOGUE, WITH_COMMENT).presses("1")
    assert "replay comment: r1" not in call.transcript
    assert call.heard[-1] == "bye"


def test_without_a_recording_nothing_is_heard() -> None:
    call = rehearse(flow_of(NODES, CATALOGUE), CATALOGUE, MappingProxyType({"forward": None})).listens()
    assert call.heard == ["hello", "menu"]
