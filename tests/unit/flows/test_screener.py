"""A call screener hears who calls and why, again and again for a while, and gets no message."""

from __future__ import annotations

import pytest

from ivr.calls.answered_by import AnsweredBy
from ivr.content_file import parse_content
from ivr.flows.events import AnswererHeard, TimedOut
from ivr.flows.load_flow import load_flow
from tests.unit.flows.rehearsal import Rehearsal, flow_of, for_anyone, rehearse

CATALOGUE = for_anyone("hello", "ask", "message", "more", "done", "other")
NODES = """
hello: {type: say, prompt: hello, next: ask}
ask: {type: menu, prompt: ask, keys: {1: more, 2: done}, no_input: {to: message}}
message: {type: hangup, prompt: message}
more: {type: menu, prompt: more, keys: {1: done}}
done: {type: hangup, prompt: done}
"""
SCREENER, PERSON = AnswererHeard(AnsweredBy.SCREENER), AnswererHeard(AnsweredBy.HUMAN)


@pytest.fixture
def call() -> Rehearsal:
    return rehearse(flow_of(NODES, CATALOGUE), CATALOGUE)


def timeout(call: Rehearsal) -> float | None:
    assert call.turn.wait is not None
    return call.turn.wait.timeout


def test_the_first_words_are_repeated_for_thirty_seconds_after_short_pauses(call: Rehearsal) -> None:
    call.feed(SCREENER, elapsed=2.0).listens()
    assert call.heard == ["hello", "hello", "ask"]
    assert timeout(call) == 4.0
    call.feed(TimedOut(), elapsed=16.0).listens().feed(TimedOut(), elapsed=31.0).listens()
    assert call.heard[3:] == ["hello", "ask", "hello", "ask"]
    call.feed(TimedOut(), elapsed=32.0)
    assert call.transcript[-1] == "hang up: call screener"
    assert call.turn.state.answered_by is AnsweredBy.SCREENER
    assert call.turn.state.responses == (), "silence of a machine means nothing"


def test_the_flow_says_how_long() -> None:
    patient = flow_of(NODES, CATALOGUE, "manners: {screener: 60}")
    call = rehearse(patient, CATALOGUE).feed(SCREENER).listens().feed(TimedOut(), elapsed=59.0)
    assert not call.is_over
    assert call.listens().feed(TimedOut(), elapsed=60.0).is_over


def test_a_message_that_has_begun_is_broken_off(call: Rehearsal) -> None:
    call.stays_silent(2)
    assert call.heard[-1] == "message"
    call.feed(SCREENER).listens()
    assert call.heard[-2:] == ["hello", "ask"]


def test_a_limit_of_the_call_ends_it_without_a_word() -> None:
    short = flow_of(NODES, CATALOGUE, "limits: {seconds: 20}")
    call = rehearse(short, CATALOGUE).feed(SCREENER).listens().feed(TimedOut(), elapsed=21.0)
    assert call.transcript[-1] == "hang up: limit reached"
    assert "bye" not in call.heard


def test_a_key_is_a_persons_and_answers_as_ever(call: Rehearsal) -> None:
    call.feed(SCREENER).listens().presses("1").listens()
    assert call.heard[-1] == "more"
    assert timeout(call) == 7.0
    assert call.stays_silent(2).listens().transcript[-1] == "hang up: no input"


def test_whom_it_puts_through_hears_the_first_words_and_has_their_time(call: Rehearsal) -> None:
    call.feed(SCREENER).listens().feed(PERSON).listens()
    assert call.heard[-2:] == ["hello", "ask"]
    assert timeout(call) == 7.0


def test_once_a_key_was_pressed_no_verdict_counts(call: Rehearsal) -> None:
    call.listens().presses("1").listens().feed(SCREENER)
    assert call.heard[-1] == "more"
    assert timeout(call) == 7.0


@pytest.mark.parametrize("answered_by", [AnsweredBy.HUMAN, AnsweredBy.AUTO_ATTENDANT, AnsweredBy.UNKNOWN])
def test_another_verdict_is_noted_and_changes_nothing(call: Rehearsal, answered_by: AnsweredBy) -> None:
    before = call.listens().turn.wait
    call.feed(AnswererHeard(answered_by))
    assert call.turn.wait == before
    assert call.heard == ["hello", "ask"]
    assert call.turn.state.answered_by is answered_by


def test_a_second_verdict_gives_it_no_more_time(call: Rehearsal) -> None:
    call.feed(SCREENER).listens().feed(SCREENER, elapsed=29.0).feed(TimedOut(), elapsed=30.0)
    assert call.is_over


def test_first_words_inside_a_flow_that_is_entered_are_found_again() -> None:
    inner = load_flow(
        parse_content(
            "name: inner\nstart: a\nsorry: sorry\ngoodbye: bye\n"
            "nodes: {a: {type: say, prompt: other, next: b}, b: {type: return}}",
            "inner.yaml",
        ),
        CATALOGUE,
    )
    outer = flow_of(
        "in: {type: enter_flow, flow: inner, next: ask}\n"
        + NODES.replace("hello:", "x:", 1).replace("2: done", "2: x"),
        CATALOGUE,
    )
    call = rehearse(outer, CATALOGUE, others=[inner]).listens().feed(SCREENER).listens()
    assert call.heard == ["other", "ask", "other", "ask"]


def test_an_effect_that_is_open_is_waited_for() -> None:
    nodes = "hours: {type: check_hours, hours: agents, open: hello, closed: hello}\n" + NODES
    call = rehearse(flow_of(nodes, CATALOGUE), CATALOGUE).feed(SCREENER).learns("open").listens()
    assert call.heard == ["hello", "ask"]
    assert timeout(call) == 4.0
    assert call.feed(TimedOut()).listens().heard == ["hello", "ask", "hello", "ask"]


def test_a_pause_lasts_as_long_as_it_is_to_last() -> None:
    nodes = NODES.replace("next: ask", "next: rest") + "rest: {type: pause, seconds: 9, next: ask}\n"
    call = rehearse(flow_of(nodes, CATALOGUE), CATALOGUE).feed(SCREENER).listens()
    assert timeout(call) == 9.0
    assert call.feed(TimedOut()).listens().heard[-1] == "ask"


def test_after_a_drop_it_goes_on(call: Rehearsal) -> None:
    call.feed(SCREENER).listens().is_picked_up().listens()
    assert timeout(call) == 4.0
    assert call.feed(TimedOut(), elapsed=31.0).transcript[-1] == "hang up: call screener"


def test_after_the_end_a_verdict_comes_too_late(call: Rehearsal) -> None:
    call.hangs_up()
    assert call.session.resume(call.turn.state, SCREENER).commands == ()
