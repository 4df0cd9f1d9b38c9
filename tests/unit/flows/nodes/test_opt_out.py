import pytest

from ivr.flows.events import Pressed
from tests.unit.flows.rehearsal import Rehearsal, flow_of, for_anyone, rehearse

CATALOGUE = for_anyone("hello", "menu", "out")
NODES = """
hello: {type: say, prompt: hello, next: menu}
menu: {type: menu, prompt: menu, keys: {9: out}}
out: {type: opt_out, prompt: out, everything: true}
"""


@pytest.fixture
def call() -> Rehearsal:
    return rehearse(flow_of(NODES, CATALOGUE), CATALOGUE)


def test_it_commits_on_the_key_says_one_sentence_and_hangs_up(call: Rehearsal) -> None:
    call.listens().presses("9")
    assert call.transcript[-3:] == [
        "respond opted_out {'everything': True}",
        "checkpoint",
        "opt out of everything",
    ]
    call.learns("done").presses("1").listens()
    assert call.transcript[-2:] == ["say out: out", "hang up: opted out"]


def test_hanging_up_on_the_key_takes_nothing_back(call: Rehearsal) -> None:
    call.listens().presses("9").hangs_up()
    assert "opt out of everything" in call.transcript
    assert "respond hung_up" not in call.transcript


def test_a_key_pressed_ahead_never_opts_out(call: Rehearsal) -> None:
    call.presses("9").listens()
    assert call.heard == ["hello", "menu"]
    assert call.presses("9").transcript[-1] == "opt out of everything"


def test_no_limit_stands_between_a_person_and_being_left_alone() -> None:
    call = rehearse(flow_of(NODES, CATALOGUE, "limits: {seconds: 10}"), CATALOGUE).listens()
    call.feed(Pressed("9"), elapsed=11.0)
    assert call.transcript[-1] == "opt out of everything"


def test_who_wants_no_contact_at_all_is_suppressed_for_everything() -> None:
    nodes = NODES.replace("everything: true", "response: stop_contact")
    call = rehearse(flow_of(nodes, CATALOGUE), CATALOGUE).listens().presses("9")
    assert call.transcript[-3:] == [
        "respond stop_contact {'everything': True}",
        "checkpoint",
        "opt out of everything",
    ]
