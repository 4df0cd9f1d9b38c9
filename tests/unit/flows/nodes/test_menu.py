import pytest

from ivr.errors import ContentError
from tests.unit.flows.rehearsal import Rehearsal, flow_of, for_anyone, rehearse

CATALOGUE = for_anyone("menu", "silence", "wrong", "done", "given-up")
NODES = """
menu:
  type: menu
  prompt: menu
  keys: {1: done, 2: {to: done, response: already_paid, details: {by: check}}}
  repeat: 8
  attempts: 2
  no_input: {prompt: silence, to: given-up}
  no_match: {prompt: wrong}
done: {type: hangup, prompt: done}
given-up: {type: hangup, prompt: given-up}
"""


@pytest.fixture
def call() -> Rehearsal:
    return rehearse(flow_of(NODES, CATALOGUE), CATALOGUE)


def test_a_key_leads_to_its_node(call: Rehearsal) -> None:
    assert call.listens().presses("1").heard[-1] == "done"


def test_a_key_cuts_the_prompt(call: Rehearsal) -> None:
    assert call.presses("1").transcript == ["say menu: menu", "cut", "say done: done"]


def test_a_key_can_be_an_answer_with_details(call: Rehearsal) -> None:
    call.listens().presses("2")
    assert "respond already_paid {'by': 'check'}" in call.transcript


def test_the_repeat_key_asks_once_more(call: Rehearsal) -> None:
    assert call.listens().presses("8").heard == ["menu", "menu"]


def test_a_key_of_the_flow_repeats_every_question_that_has_no_other_use_for_it() -> None:
    flow = flow_of(NODES.replace("  repeat: 8\n", ""), CATALOGUE, "manners: {repeat: 2}")
    assert "respond already_paid {'by': 'check'}" in rehearse(flow, CATALOGUE).presses("2").transcript
    flow = flow_of(NODES.replace("  repeat: 8\n", ""), CATALOGUE, "manners: {repeat: 7}")
    call = rehearse(flow, CATALOGUE).listens().presses("7")
    assert call.heard == ["menu", "menu"]
    assert "respond repeated" in call.transcript


def test_a_wrong_key_is_told_and_the_last_one_ends_the_call(call: Rehearsal) -> None:
    call.listens().presses("5").listens().presses("6").listens()
    assert call.heard == ["menu", "wrong + menu", "bye"]
    assert "respond no_match" in call.transcript
    assert call.transcript[-1] == "hang up: no match"


def test_a_wrong_key_leaves_no_digit_in_the_log(call: Rehearsal) -> None:
    notes = [str(command) for command in call.listens().presses("5").commands if "no_match" in str(command)]
    assert notes
    assert not any("5" in note for note in notes)


def test_silence_is_asked_again_once_then_leads_away(call: Rehearsal) -> None:
    call.stays_silent(2).listens()
    assert call.heard == ["menu", "silence + menu", "given-up"]
    assert "respond no_input" in call.transcript


def test_two_keys_alike_are_refused() -> None:
    with pytest.raises(ContentError, match=r"key 1 is used twice, by `keys\.1` and `repeat`"):
        flow_of(NODES.replace("repeat: 8", "repeat: 1"), CATALOGUE)


def test_something_that_is_no_key_is_refused_at_its_line() -> None:
    with pytest.raises(ContentError, match=r"test\.yaml:10: nodes\.menu\.keys\.12"):
        flow_of(NODES.replace("{1: done", "{12: done"), CATALOGUE)


def test_help_that_escalates_says_each_time_the_next_prompt_and_then_the_last_again() -> None:
    nodes = NODES.replace("attempts: 2", "attempts: 5").replace(
        "{prompt: wrong}", "{prompt: [wrong, silence]}"
    )
    call = rehearse(flow_of(nodes, CATALOGUE), CATALOGUE).listens()
    for _ in range(3):
        call.presses("5").listens()
    assert call.heard == ["menu", "wrong + menu", "silence + menu", "silence + menu"]


def test_a_promise_by_key_says_what_is_promised() -> None:
    keys = "1: {to: done, response: promised, details: {within_days: soon}}"
    with pytest.raises(ContentError, match="a promise can't be read from within_days"):
        flow_of(NODES.replace("1: done", keys), CATALOGUE)
