"""What the engine promises, whatever the nodes."""

import pytest

from ivr.errors import FlowError
from ivr.flows.commands import Hangup, Say
from ivr.flows.events import EffectDone, HungUp, Pressed, SpeechEnded, TimedOut
from ivr.flows.session import Session
from ivr.flows.state import dump_state
from ivr.prompts.content_tier import ContentTier
from tests.unit.flows.rehearsal import MARIA, Rehearsal, TinyCatalogue, flow_of, for_anyone, rehearse

CATALOGUE = for_anyone("hello", "first", "second", "done")
NODES = """
hello: {type: say, prompt: hello, next: first}
first: {type: menu, prompt: first, keys: {1: second, 2: settle}}
second: {type: menu, prompt: second, keys: {1: done, 2: agent}}
settle: {type: respond, response: already_paid, next: second}
agent: {type: transfer, queue: q, done: done, no_agent: second, failed: done}
done: {type: hangup, prompt: done}
"""


@pytest.fixture
def call() -> Rehearsal:
    return rehearse(flow_of(NODES, CATALOGUE), CATALOGUE)


def test_the_same_arguments_bring_the_same_turn(call: Rehearsal) -> None:
    state = call.turn.state
    once = call.session.resume(state, Pressed("1"))
    assert call.session.resume(state, Pressed("1")) == once


def test_a_state_stays_as_it_was_when_it_is_gone_on_from(call: Rehearsal) -> None:
    state = call.turn.state
    before = dump_state(state)
    following = call.session.resume(state, Pressed("1")).state
    afterwards = dump_state(following)
    call.session.resume(following, Pressed("1"))
    call.session.resume(following, HungUp())
    assert (dump_state(state), dump_state(following)) == (before, afterwards)


def test_keys_pressed_ahead_answer_one_question_after_the_other(call: Rehearsal) -> None:
    assert call.presses("1").presses("1").heard[-1] == "done"


def test_keys_pressed_ahead_survive_speech_that_can_not_be_cut() -> None:
    patient = NODES.replace("prompt: hello,", "prompt: hello, interruptible: false,")
    call = rehearse(flow_of(patient, CATALOGUE), CATALOGUE).presses("11").listens()
    assert call.heard == ["hello", "done"]


def test_a_wrong_key_pressed_ahead_takes_the_rest_with_it() -> None:
    patient = NODES.replace("prompt: hello,", "prompt: hello, interruptible: false,")
    call = rehearse(flow_of(patient, CATALOGUE), CATALOGUE).presses("511").listens()
    assert call.heard == ["hello", "first"]


def test_the_end_of_speech_that_was_cut_means_nothing(call: Rehearsal) -> None:
    first = call.commands[0]
    assert isinstance(first, Say)
    call.presses("1").feed(SpeechEnded(first.say_id))
    assert call.heard == ["hello", "second"]


@pytest.mark.parametrize("event", [TimedOut(), SpeechEnded(77), EffectDone(77, "success")])
def test_what_nobody_waits_for_changes_nothing(
    call: Rehearsal, event: TimedOut | SpeechEnded | EffectDone
) -> None:
    before = call.turn.state
    call.feed(event)
    assert call.turn.commands == ()
    assert call.turn.state == before


@pytest.mark.parametrize(("direction", "seconds"), [("outbound", 7.0), ("inbound", 5.0)])
def test_who_was_called_gets_longer_to_lower_the_handset(direction: str, seconds: float) -> None:
    call = rehearse(flow_of(NODES, CATALOGUE, f"direction: {direction}"), CATALOGUE).listens()
    assert call.turn.wait is not None
    assert call.turn.wait.timeout == seconds


def test_a_flow_sets_its_own_manners() -> None:
    call = rehearse(flow_of(NODES, CATALOGUE, "manners: {first_key: 4, silences: 1}"), CATALOGUE)
    call.stays_silent().listens()
    assert call.transcript[-2:] == ["say first: bye", "hang up: no input"]


def test_a_call_beyond_its_time_ends_politely_at_the_next_step() -> None:
    call = rehearse(flow_of(NODES, CATALOGUE, "limits: {seconds: 60}"), CATALOGUE).listens()
    call.feed(Pressed("1"), elapsed=61.0).listens()
    assert call.transcript[-2:] == ["say first: bye", "hang up: limit reached"]


def test_a_hang_up_without_a_word_says_so(call: Rehearsal) -> None:
    assert call.hangs_up().transcript[-1] == "respond hung_up"


def test_a_hang_up_after_the_matter_is_settled_adds_nothing(call: Rehearsal) -> None:
    call.presses("2").hangs_up()
    assert "respond hung_up" not in call.transcript


def test_nothing_follows_the_end(call: Rehearsal) -> None:
    call.hangs_up()
    for event in (Pressed("1"), TimedOut(), HungUp()):
        assert call.session.resume(call.turn.state, event).commands == ()


def test_all_responses_are_in_the_state_for_whoever_goes_on(call: Rehearsal) -> None:
    call.presses("2").is_picked_up()
    assert [response for response, _ in call.turn.state.responses] == ["already_paid"]


def test_after_a_drop_it_apologises_and_asks_the_open_question_again(call: Rehearsal) -> None:
    call.presses("1").listens().is_picked_up().listens()
    assert call.heard[-2:] == ["sorry", "second"]


def test_after_a_drop_no_id_is_used_twice(call: Rehearsal) -> None:
    call.listens().is_picked_up().listens().is_picked_up().listens()
    ids = [command.say_id for command in call.commands if isinstance(command, Say)]
    assert len(ids) == len(set(ids))


def test_an_open_transfer_is_asked_for_again_under_its_id(call: Rehearsal) -> None:
    call.listens().presses("1").listens().presses("2")
    before = call.turn.state.effect
    call.is_picked_up().listens()
    assert call.transcript[-1] == "transfer to q"
    assert call.turn.state.effect == before


def test_a_good_bye_that_was_cut_by_a_drop_is_said_again() -> None:
    call = rehearse(flow_of(NODES, CATALOGUE), CATALOGUE).stays_silent(2).is_picked_up().listens()
    assert call.transcript[-2:] == ["say first: bye", "hang up: no input"]


def test_too_many_drops_end_the_call(call: Rehearsal) -> None:
    for _ in range(4):
        call.is_picked_up()
    assert call.listens().transcript[-1] == "hang up: dropped too often"


def test_another_flow_or_version_can_not_go_on(call: Rehearsal) -> None:
    other = flow_of(NODES.replace("2: settle", "3: settle"), CATALOGUE)
    with pytest.raises(FlowError, match="can't go on"):
        Session(other, CATALOGUE, MARIA, "en").resume(call.turn.state, Pressed("1"))


def test_a_catalogue_that_became_stricter_is_obeyed_at_run_time(call: Rehearsal) -> None:
    stricter = TinyCatalogue(dict.fromkeys(CATALOGUE.names(), ContentTier.CONFIRMED))
    with pytest.raises(FlowError, match="'hello' was about to be said in node 'hello' before its tier"):
        Session(call.session.flow, stricter, MARIA, "en").start()


def test_an_unknown_language_falls_back_to_the_flows_first() -> None:
    assert Session(flow_of(NODES, CATALOGUE), CATALOGUE, MARIA, "xx").language == "en"


def test_a_flow_that_can_not_go_on_says_good_bye(call: Rehearsal) -> None:
    turn = call.session.give_up(call.turn.state, "a prompt is broken")
    assert [type(command).__name__ for command in turn.commands] == ["StopSpeech", "Say"]
    assert turn.state.say_id is not None
    end = call.session.resume(turn.state, SpeechEnded(turn.state.say_id))
    assert end.commands == (Hangup("a prompt is broken"),)


def test_when_even_good_bye_is_broken_it_hangs_up(call: Rehearsal) -> None:
    broken = TinyCatalogue(dict.fromkeys(CATALOGUE.names(), ContentTier.ANYONE), slots={"bye": "not.there"})
    session = Session(call.session.flow, broken, MARIA, "en")
    assert session.give_up(call.turn.state, "broken").commands[-1] == Hangup("broken")
