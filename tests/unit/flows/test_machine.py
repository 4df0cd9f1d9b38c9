"""A machine that records gets the profile's message once, whole, and a key makes a conversation of it."""

from __future__ import annotations

import pytest

from ivr.calls.answered_by import AnsweredBy
from ivr.flows.events import AnswererHeard, AnswererSpeaks, Pressed, TimedOut
from ivr.flows.session import Session
from tests.unit.flows.rehearsal import MARIA, Rehearsal, flow_of, for_anyone

CATALOGUE = for_anyone("hello", "ask", "message", "more", "done", "stopped")
NODES = """
hello: {type: say, prompt: hello, next: ask}
ask: {type: menu, prompt: ask, keys: {1: more, 2: done, 9: stop}}
more: {type: menu, prompt: more, keys: {1: done}}
done: {type: hangup, prompt: done}
stop: {type: opt_out, prompt: stopped}
"""
RECORDS, SPEAKS_ON = AnswererHeard(AnsweredBy.MACHINE), AnswererSpeaks()


def called(voicemail: str | None = "message", nodes: str = NODES) -> Rehearsal:
    return Rehearsal(Session(flow_of(nodes, CATALOGUE), CATALOGUE, MARIA, "en", {}, voicemail))


@pytest.fixture
def call() -> Rehearsal:
    return called()


def test_the_message_takes_the_place_of_what_is_being_said(call: Rehearsal) -> None:
    call.feed(RECORDS)
    assert call.transcript == ["say hello: hello", "cut", "say hello: message"]
    call.listens()
    assert call.transcript[-1] == "hang up: message left"
    assert call.turn.state.message_left
    assert call.turn.state.responses == (), "a machine means nothing"


def test_it_is_begun_anew_when_the_machine_speaks_on_twice_at_most(call: Rehearsal) -> None:
    call.feed(RECORDS)
    for _ in range(2):
        call.feed(SPEAKS_ON)
        assert call.transcript[-1] == "cut"
        call.feed(RECORDS)
    call.feed(SPEAKS_ON).feed(RECORDS)
    assert call.heard.count("message") == 3
    assert call.listens().turn.state.message_left


def test_a_machine_that_never_stops_speaking_gets_it_all_the_same(call: Rehearsal) -> None:
    call.feed(RECORDS).feed(SPEAKS_ON)
    assert call.turn.wait is not None
    assert call.turn.wait.timeout == 20.0
    assert call.feed(TimedOut()).heard[-1] == "message"


def test_a_message_that_the_machine_cut_off_was_not_left(call: Rehearsal) -> None:
    call.feed(RECORDS).hangs_up()
    assert not call.turn.state.message_left


def test_a_key_makes_a_conversation_of_it_and_is_not_lost(call: Rehearsal) -> None:
    call.feed(RECORDS).presses("1").listens()
    assert call.heard[-1] == "more"
    call.feed(RECORDS).feed(SPEAKS_ON)
    assert not call.is_over, "somebody is there by now"
    assert not call.turn.state.message_left


def test_a_key_that_fits_nothing_has_the_first_question_asked(call: Rehearsal) -> None:
    call.feed(RECORDS).presses("5").listens()
    assert call.heard[-1] == "ask"
    assert call.presses("1").listens().heard[-1] == "more"


def test_after_the_message_nothing_can_begin_any_more(call: Rehearsal) -> None:
    over = call.feed(RECORDS).listens().turn.state
    for event in (Pressed("1"), RECORDS, SPEAKS_ON, TimedOut()):
        assert call.session.resume(over, event).commands == ()


def test_a_key_between_two_beginnings_counts_as_well(call: Rehearsal) -> None:
    call.feed(RECORDS).feed(SPEAKS_ON).presses("1").listens()
    assert call.heard[-1] == "more"


def test_nobody_opts_out_by_a_key_for_a_question_that_they_did_not_hear(call: Rehearsal) -> None:
    call.feed(RECORDS).presses("9").listens()
    assert call.heard[-1] == "ask"


def test_a_call_screener_that_turns_out_to_record_gets_the_message(call: Rehearsal) -> None:
    call.feed(AnswererHeard(AnsweredBy.SCREENER)).listens().feed(RECORDS).listens()
    assert call.transcript[-1] == "hang up: message left"


def test_once_a_key_was_pressed_a_machine_is_none(call: Rehearsal) -> None:
    call.listens().presses("1").feed(RECORDS).listens()
    assert "message" not in call.heard
    assert not call.is_over


def test_without_a_message_of_a_profile_it_hears_what_silence_hears() -> None:
    call = called(voicemail=None).listens().feed(RECORDS)
    assert call.heard == ["hello", "ask"]
    assert not call.is_over


@pytest.mark.parametrize(
    ("answered_by", "reason"),
    [
        (AnsweredBy.FAX, "a fax machine answered"),
        (AnsweredBy.NETWORK_ANNOUNCEMENT, "the network answered"),
    ],
)
def test_what_can_never_hear_a_word_is_hung_up_on(
    call: Rehearsal, answered_by: AnsweredBy, reason: str
) -> None:
    call.feed(AnswererHeard(answered_by))
    assert call.transcript[-2:] == ["cut", f"hang up: {reason}"]


def test_an_effect_that_is_open_is_waited_for() -> None:
    nodes = "hours: {type: check_hours, hours: agents, open: hello, closed: hello}\n" + NODES
    call = called(nodes=nodes).feed(RECORDS)
    assert call.heard == []
    assert call.learns("open").heard == ["hello"]


def test_after_a_drop_the_flow_goes_on_and_nothing_is_counted_as_left(call: Rehearsal) -> None:
    call.feed(RECORDS).is_picked_up().listens()
    assert call.heard[-1] == "ask"
    assert not call.turn.state.message_left


def test_a_good_bye_after_a_breakdown_is_the_end_whatever_is_pressed(call: Rehearsal) -> None:
    call.feed(RECORDS)
    turn = call.session.give_up(call.turn.state, "broken down")
    assert call.session.resume(turn.state, Pressed("1")).commands == ()


def test_no_message_is_begun_when_the_time_of_the_call_is_over(call: Rehearsal) -> None:
    call.listens().feed(TimedOut(), elapsed=3601.0)
    said = list(call.transcript)
    call.feed(RECORDS, elapsed=3602.0)
    assert call.transcript == said
