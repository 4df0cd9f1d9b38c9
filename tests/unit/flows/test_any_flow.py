"""What holds for any well-formed flow and anybody on the line."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from itertools import cycle
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ivr.calls.answered_by import AnsweredBy
from ivr.errors import FlowError
from ivr.flows.commands import Hangup, Respond, Say
from ivr.flows.effects import CheckFactor, CheckPin, Effect, FindReference, RecordVoice, SetPin, TakeCard
from ivr.flows.events import (
    AnswererHeard,
    AnswererSpeaks,
    EffectDone,
    FlowEvent,
    HungUp,
    Pressed,
    SpeechEnded,
    TimedOut,
)
from ivr.flows.factor import Factor
from ivr.flows.flow import Flow
from ivr.flows.graph import flows_within
from ivr.flows.session import Session
from ivr.flows.state import Phase, SessionState, dump_state, load_state
from ivr.flows.turn import Turn
from ivr.prompts.content_tier import ContentTier
from tests.unit.flows.well_formed import ANSWER, CATALOGUE, DETAILS, KEYS, NODE_TYPES, SOMEBODY, TIERS, flows

MOVES = st.one_of(
    st.sampled_from("111" + KEYS), st.sampled_from(["wait", "wait", "wait", "stale"]), st.just("wait")
)
"""A key, what the session waits for (an end of speech, a result, a silence), or what it does not wait for."""


VALUES = {
    "recording": "r1",
    "free_agents": 1,
    "expected_wait": 60,
    "opens_at": datetime(2026, 3, 10, 9, tzinfo=UTC),
    "moment": datetime(2026, 3, 9, 15, tzinfo=UTC),
    "answer": {"deep": {"part": ANSWER}, "reference": ANSWER, "many": [1, {"more": []}]},
}


STALE = (
    SpeechEnded(999_999),
    EffectDone(999_999, "success"),
    TimedOut(),
    AnswererHeard(AnsweredBy.SCREENER),
    AnswererHeard(AnsweredBy.HUMAN),
    AnswererHeard(AnsweredBy.MACHINE),
    AnswererSpeaks(),
)


def done(effect: Effect, choice: int) -> EffectDone:
    """Return one of an effect's results, of which the first is the likeliest."""
    results = (effect.results[0], effect.results[0], *effect.results)
    return EffectDone(effect.effect_id, results[choice % len(results)], VALUES)


def session_of(flows: tuple[Flow, Flow]) -> Session:
    """Return a session of the first flow, which can enter both."""
    others = {flow.name: flow for flow in flows}
    return Session(flows[0], CATALOGUE, SOMEBODY, "en", others, voicemail="for-anyone")


def event_of(move: str, state: SessionState, choice: int) -> FlowEvent:
    """Return what happens next; a move that can't happen now becomes the one that is waited for."""
    if move in KEYS:
        return Pressed(move)
    if move == "stale":
        return STALE[choice % len(STALE)]
    if state.phase is Phase.SPEECH:
        assert state.say_id is not None
        return SpeechEnded(state.say_id)
    if state.effect is not None:
        return done(state.effect, choice)
    return TimedOut()


EFFECTS = get_args(Effect)


def as_the_engine_does(step: Callable[[], Turn], session: Session, state: SessionState | None) -> Turn:
    """Take a step; what would tell an account detail too early is a good-bye instead."""
    try:
        return step()
    except FlowError as error:
        if "an account detail" not in str(error):
            raise
        return session.give_up(state, "too early")


def start(session: Session) -> Turn:
    return as_the_engine_does(session.start, session, None)


def resume(session: Session, state: SessionState, event: FlowEvent, elapsed: float = 0.0) -> Turn:
    return as_the_engine_does(lambda: session.resume(state, event, elapsed), session, state)


def check_turn(session: Session, turn: Turn) -> None:
    """Check what holds for every turn."""
    for index, command in enumerate(turn.commands):
        if isinstance(command, Say):
            assert command.segments
            for segment in command.segments:
                assert TIERS.get(segment.text.split()[0], ContentTier.ANYONE) <= turn.state.tier
                is_detail = any(detail in segment.text for detail in DETAILS)
                assert not is_detail or turn.state.tier > ContentTier.ANYONE
        if isinstance(command, Hangup):
            assert index == len(turn.commands) - 1
            assert turn.wait is None
    effects = [command for command in turn.commands if isinstance(command, EFFECTS)]
    assert len(effects) <= 1
    assert turn.state.steps <= session.flow.limits.steps + 1, "one more only for an opt-out"
    assert len(turn.state.frames) <= session.flow.limits.depth
    assert turn.wait is None or (turn.wait.timeout is None) == (turn.state.phase is not Phase.KEY)


def check_tier(before: SessionState, event: FlowEvent, after: SessionState) -> None:
    """Check that nobody becomes surer of the listener but by the right key, factor or PIN.

    Nor is a PIN set for whom nothing but the PIN has proved.
    """
    if isinstance(before.effect, FindReference) and after.line.proven != before.line.proven:
        assert (after.line.proven, after.tier) == ((), ContentTier.ANYONE), "the call is about somebody else"
    elif after.line.proven != before.line.proven:
        assert isinstance(before.effect, CheckFactor)
        assert after.line.proven == (*before.line.proven, before.effect.factor)
    if isinstance(after.effect, SetPin):
        assert set(after.line.proven) - {Factor.PIN}
    if after.tier > before.tier:
        match after.tier:
            case ContentTier.ADMINISTRATOR:
                assert isinstance(before.effect, CheckPin)
                assert isinstance(event, EffectDone)
                assert event.result == "match"
            case ContentTier.VERIFIED:
                assert isinstance(before.effect, CheckFactor)
                assert isinstance(event, EffectDone)
                assert event.result == "match"
            case ContentTier.CONFIRMED:
                assert not isinstance(event, TimedOut)


def check_time(session: Session, turn: Turn, elapsed: float) -> None:
    """Check that after the time of a call nothing is said but the good-bye."""
    if elapsed > session.flow.limits.seconds:
        said = [command.segments[0].text for command in turn.commands if isinstance(command, Say)]
        assert said in ([], ["bye"])


def next_turn(session: Session, state: SessionState, event: FlowEvent, elapsed: float) -> Turn:
    """Go on from the state and from its copy through JSON; both must come to the same."""
    turn = resume(session, state, event, elapsed)
    stored = load_state(dump_state(state))
    if stored.keyed.private:
        assert not stored.keyed.early
        assert not stored.keyed.digits
        assert not stored.keyed.secrets
        check_turn(session, resume(session, stored, event, elapsed))
    else:
        assert stored == state
        assert resume(session, stored, event, elapsed) == turn
    check_tier(state, event, turn.state)
    return turn


BEGIN = ["1", "1", "1", "wait"]
"""Answers the first question rightly, so that the node of the kind in question is come to."""

every_kind = pytest.mark.parametrize("kind", NODE_TYPES)


@every_kind
@settings(max_examples=6, deadline=None)
@given(
    data=st.data(),
    moves=st.lists(MOVES, min_size=8, max_size=25),
    persistence=st.lists(MOVES, min_size=3, max_size=5),
    pace=st.sampled_from([0.0, 2.0, 15.0]),
)
def test_it_ends_within_its_limits_whatever_is_done(
    kind: str, data: st.DataObject, moves: list[str], persistence: list[str], pace: float
) -> None:
    both = data.draw(flows(kind))
    session, moves = session_of(both), [*BEGIN, *moves]
    turn = start(session)
    check_turn(session, turn)
    # Somebody who never gives up: the same few moves for ever, and what is waited for in between.
    endless = cycle([*persistence, "wait"])
    for choice, move in enumerate([*moves, *(next(endless) for _ in range(60 * session.flow.limits.steps))]):
        if turn.wait is None:
            break
        elapsed = pace * (choice + 1)
        turn = next_turn(session, turn.state, event_of(move, turn.state, choice), elapsed)
        check_turn(session, turn)
        check_time(session, turn, elapsed)
    assert turn.wait is None


@every_kind
@settings(max_examples=6, deadline=None)
@given(data=st.data(), moves=st.lists(MOVES, min_size=6, max_size=20), late=st.integers(0, 5))
def test_a_hang_up_at_any_moment_is_an_ordinary_end(
    kind: str, data: st.DataObject, moves: list[str], late: int
) -> None:
    both = data.draw(flows(kind))
    session, moves = session_of(both), [*BEGIN, *moves]
    turn = start(session)
    for choice, move in enumerate(moves):
        if turn.wait is None:
            return
        turn = resume(session, turn.state, event_of(move, turn.state, choice))
    if turn.wait is None:
        return
    end = session.resume(turn.state, HungUp())
    assert end.wait is None
    assert not any(isinstance(command, Say | Hangup) for command in end.commands)
    assert end.state.responses, "a call that ended says how"
    # A result that comes too late is still told, and nothing is said to nobody.
    effect = end.state.effect
    if effect is not None:
        after = session.resume(end.state, done(effect, late))
        assert after.wait is None
        assert not any(isinstance(command, Say | Hangup | Effect) for command in after.commands)
    assert session.resume(end.state, HungUp()).commands == ()


@every_kind
@settings(max_examples=6, deadline=None)
@given(data=st.data(), moves=st.lists(MOVES, min_size=6, max_size=20))
def test_it_goes_on_after_a_drop_at_any_moment(kind: str, data: st.DataObject, moves: list[str]) -> None:
    both = data.draw(flows(kind))
    session, moves = session_of(both), [*BEGIN, *moves]
    turn = start(session)
    for choice, move in enumerate(moves):
        if turn.wait is None:
            break
        turn = resume(session, turn.state, event_of(move, turn.state, choice))
    again = session.pick_up(load_state(dump_state(turn.state)))
    check_turn(session, again)
    assert again.state.tier == turn.state.tier
    assert again.state.responses == turn.state.responses
    if turn.wait is None:
        assert again.wait is None
        return
    assert isinstance(again.commands[-1], Say)
    assert not any(isinstance(command, Respond) for command in again.commands)
    on = resume(session, again.state, event_of("wait", again.state, 0))
    check_turn(session, on)
    if isinstance(
        turn.state.effect, CheckFactor | CheckPin | FindReference | SetPin | TakeCard | RecordVoice
    ):
        assert on.state.effect is None, "digits or words are lost, and asked for again"
    elif turn.state.effect is not None and again.state.pick_ups <= session.flow.limits.pick_ups:
        assert turn.state.effect in on.commands


@every_kind
@settings(max_examples=6, deadline=None)
@given(data=st.data(), moves=st.lists(MOVES, min_size=8, max_size=25))
def test_a_flow_that_asks_for_secrets_shows_no_gathered_digit(
    kind: str, data: st.DataObject, moves: list[str]
) -> None:
    both = data.draw(flows(kind))
    session, moves = session_of(both), [*BEGIN, *moves]
    turn = start(session)
    for choice, move in enumerate(moves):
        if turn.wait is None:
            break
        turn = resume(session, turn.state, event_of(move, turn.state, choice))
        keyed = turn.state.keyed
        assert repr(keyed) == "Keyed(…)"
        if any(flow.asks_for_secrets for flow in flows_within(both[0], session.flows)):
            assert '"early":"","digits":"","secrets":{}' in dump_state(turn.state)
