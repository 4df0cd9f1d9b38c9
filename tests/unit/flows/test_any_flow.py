"""What holds for any well-formed flow and anybody on the line."""

from __future__ import annotations

from itertools import cycle

from hypothesis import given, settings
from hypothesis import strategies as st

from ivr.flows.commands import Hangup, OptOut, Pay, Respond, Say, Transfer
from ivr.flows.events import EffectDone, FlowEvent, HungUp, Pressed, SpeechEnded, TimedOut
from ivr.flows.flow import Flow
from ivr.flows.nodes.verify import VerifyNode
from ivr.flows.session import Session
from ivr.flows.state import Phase, SessionState, dump_state, load_state
from ivr.flows.turn import Turn
from ivr.prompts.segment import TextSegment
from tests.unit.flows.rehearsal import MARIA
from tests.unit.flows.well_formed import CATALOGUE, KEYS, flows

RESULTS = {
    Pay: ("success", "declined", "provider_error", "max_failed_attempts"),
    Transfer: ("done", "no_agent", "failed"),
    OptOut: ("done",),
}

MOVES = st.one_of(
    st.sampled_from("111" + KEYS), st.sampled_from(["wait", "wait", "wait", "stale"]), st.just("wait")
)
"""A key, what the session waits for (an end of speech, a result, a silence), or what it does not wait for."""


def event_of(move: str, state: SessionState, choice: int) -> FlowEvent:
    """Return what happens next; a move that can't happen now becomes the one that is waited for."""
    if move in KEYS:
        return Pressed(move)
    if move == "stale":
        return (SpeechEnded(999_999), EffectDone(999_999, "success"), TimedOut())[choice % 3]
    if state.phase is Phase.SPEECH:
        assert state.say_id is not None
        return SpeechEnded(state.say_id)
    if state.effect is not None:
        results = RESULTS[type(state.effect)]
        return EffectDone(state.effect.effect_id, results[choice % len(results)], {"reference": "r"})
    return TimedOut()


def check_turn(flow: Flow, turn: Turn) -> None:
    """Check what holds for every turn."""
    verified = any(isinstance(flow.nodes[name], VerifyNode) for name in turn.state.visits)
    for index, command in enumerate(turn.commands):
        if isinstance(command, Say):
            assert command.segments
            for segment in command.segments:
                assert isinstance(segment, TextSegment)
                assert segment.text != "for-confirmed" or verified
        if isinstance(command, Hangup):
            assert index == len(turn.commands) - 1
            assert turn.wait is None
    effects = [command for command in turn.commands if isinstance(command, Pay | OptOut | Transfer)]
    assert len(effects) <= 1
    assert turn.state.steps <= flow.limits.steps + 1, "one more only for an opt-out"
    assert turn.wait is None or (turn.wait.timeout is None) == (turn.state.phase is not Phase.KEY)


def next_turn(session: Session, state: SessionState, event: FlowEvent) -> Turn:
    """Go on from the state and from its copy through JSON; both must come to the same."""
    turn = session.resume(state, event)
    stored = load_state(dump_state(state))
    if stored.keyed.private:
        assert not stored.keyed.early
        assert not stored.keyed.digits
        assert not stored.keyed.secrets
        check_turn(session.flow, session.resume(stored, event))
    else:
        assert stored == state
        assert session.resume(stored, event) == turn
    return turn


@settings(max_examples=80, deadline=None)
@given(
    flow=flows(),
    moves=st.lists(MOVES, min_size=8, max_size=25),
    persistence=st.lists(MOVES, min_size=3, max_size=5),
)
def test_it_ends_within_its_limits_whatever_is_done(
    flow: Flow, moves: list[str], persistence: list[str]
) -> None:
    session = Session(flow, CATALOGUE, MARIA, "en")
    turn = session.start()
    check_turn(flow, turn)
    # Somebody who never gives up: the same few moves for ever, and what is waited for in between.
    endless = cycle([*persistence, "wait"])
    for choice, move in enumerate([*moves, *(next(endless) for _ in range(60 * flow.limits.steps))]):
        if turn.wait is None:
            break
        turn = next_turn(session, turn.state, event_of(move, turn.state, choice))
        check_turn(flow, turn)
    assert turn.wait is None


@settings(max_examples=80, deadline=None)
@given(flow=flows(), moves=st.lists(MOVES, min_size=6, max_size=20), late=st.integers(0, 5))
def test_a_hang_up_at_any_moment_is_an_ordinary_end(flow: Flow, moves: list[str], late: int) -> None:
    session = Session(flow, CATALOGUE, MARIA, "en")
    turn = session.start()
    for choice, move in enumerate(moves):
        if turn.wait is None:
            return
        turn = session.resume(turn.state, event_of(move, turn.state, choice))
    if turn.wait is None:
        return
    end = session.resume(turn.state, HungUp())
    assert end.wait is None
    assert not any(isinstance(command, Say | Hangup) for command in end.commands)
    assert end.state.responses, "a call that ended says how"
    # A result that comes too late is still told, and nothing is said to nobody.
    effect = end.state.effect
    if effect is not None:
        results = RESULTS[type(effect)]
        after = session.resume(end.state, EffectDone(effect.effect_id, results[late % len(results)]))
        assert after.wait is None
        assert not any(isinstance(command, Say | Hangup | Pay | Transfer) for command in after.commands)
    assert session.resume(end.state, HungUp()).commands == ()


@settings(max_examples=80, deadline=None)
@given(flow=flows(), moves=st.lists(MOVES, min_size=6, max_size=20))
def test_it_goes_on_after_a_drop_at_any_moment(flow: Flow, moves: list[str]) -> None:
    session = Session(flow, CATALOGUE, MARIA, "en")
    turn = session.start()
    for choice, move in enumerate(moves):
        if turn.wait is None:
            break
        turn = session.resume(turn.state, event_of(move, turn.state, choice))
    again = session.pick_up(load_state(dump_state(turn.state)))
    check_turn(flow, again)
    assert again.state.tier == turn.state.tier
    assert again.state.responses == turn.state.responses
    if turn.wait is None:
        assert again.wait is None
        return
    assert isinstance(again.commands[-1], Say)
    assert not any(isinstance(command, Respond) for command in again.commands)
    on = session.resume(again.state, event_of("wait", again.state, 0))
    check_turn(flow, on)
    if turn.state.effect is not None and again.state.pick_ups <= flow.limits.pick_ups:
        assert turn.state.effect in on.commands


@settings(max_examples=80, deadline=None)
@given(flow=flows(), moves=st.lists(MOVES, min_size=8, max_size=25))
def test_a_flow_that_asks_for_secrets_shows_no_gathered_digit(flow: Flow, moves: list[str]) -> None:
    session = Session(flow, CATALOGUE, MARIA, "en")
    turn = session.start()
    for choice, move in enumerate(moves):
        if turn.wait is None:
            break
        turn = session.resume(turn.state, event_of(move, turn.state, choice))
        keyed = turn.state.keyed
        assert repr(keyed) == "Keyed(…)"
        if flow.asks_for_secrets:
            assert '"early":"","digits":"","secrets":{}' in dump_state(turn.state)
