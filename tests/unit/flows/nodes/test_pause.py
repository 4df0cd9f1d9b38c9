from tests.unit.flows.rehearsal import flow_of, for_anyone, rehearse

CATALOGUE = for_anyone("menu", "done")
NODES = """
pause: {type: pause, seconds: 1.5, next: menu}
menu: {type: menu, prompt: menu, keys: {1: done}}
done: {type: hangup, prompt: done}
"""


def test_nothing_is_said_for_so_long() -> None:
    call = rehearse(flow_of(NODES, CATALOGUE), CATALOGUE)
    assert call.heard == []
    assert call.turn.wait is not None
    assert call.turn.wait.timeout == 1.5
    assert call.stays_silent().heard == ["menu"]


def test_a_key_ends_it_and_answers_the_next_question() -> None:
    assert rehearse(flow_of(NODES, CATALOGUE), CATALOGUE).presses("1").heard == ["done"]
