"""What a talk that is over tells of who answered."""

from __future__ import annotations

import pytest

from ivr.calls.aftermath import Aftermath
from ivr.calls.answered_by import AnsweredBy
from ivr.engine.judge_answer import aftermath_of, answered_by
from ivr.flows.events import AnswererHeard
from tests.unit.flows.rehearsal import Rehearsal, flow_of, for_anyone, rehearse

CATALOGUE = for_anyone("ask", "more", "done")
NODES = """
ask: {type: verify, prompt: ask, yes: {key: 1, to: more}, no: {key: 2, to: done}}
more: {type: menu, prompt: more, keys: {1: done}}
done: {type: hangup, prompt: done}
"""


@pytest.fixture
def call() -> Rehearsal:
    return rehearse(flow_of(NODES, CATALOGUE), CATALOGUE).feed(AnswererHeard(AnsweredBy.SCREENER)).listens()


def test_without_a_key_it_is_what_was_heard(call: Rehearsal) -> None:
    assert answered_by(call.turn.state) is AnsweredBy.SCREENER
    assert aftermath_of(call.turn.state) is Aftermath.NO_KEY
    assert aftermath_of(call.hangs_up().turn.state) is Aftermath.HUNG_UP


def test_whoever_pressed_a_key_is_a_person_and_the_verdict_was_wrong(call: Rehearsal) -> None:
    call.presses("7")
    assert answered_by(call.turn.state) is AnsweredBy.HUMAN
    assert aftermath_of(call.turn.state) is Aftermath.PRESSED
    assert aftermath_of(call.hangs_up().turn.state) is Aftermath.PRESSED


def test_a_correct_verification_proves_a_person(call: Rehearsal) -> None:
    assert aftermath_of(call.presses("1").hangs_up().turn.state) is Aftermath.VERIFIED


def test_of_a_call_that_never_began_nothing_is_known() -> None:
    assert answered_by(None) is AnsweredBy.UNKNOWN
