"""Carries out what the nodes want, until the session waits again."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from ivr.errors import FlowError
from ivr.flows import actions as act
from ivr.flows.actions import Actions
from ivr.flows.changes import CHANGES
from ivr.flows.draft import Draft
from ivr.flows.keyed import Keyed
from ivr.flows.nodes.opt_out import OptOutNode
from ivr.flows.nodes.question import QuestionNode
from ivr.flows.rejoin import rejoin
from ivr.flows.state import AfterSpeech, Frame, KeysDuring, Memory
from ivr.outcomes.response import Response

SCREENED = "call screener"
"""Why a call is ended that nobody but a call screener listened to."""
_SCREENER_PAUSE = 4.0
"""Seconds; what screens a call takes two or so without a word for the end of what it was told. Longer than
`ivr.calls.answerer.SECOND_SILENCE`, after which it is known for voicemail."""
_FRESH = Memory()
_OPTING_OUT = frozenset({Response.OPTED_OUT, Response.STOP_CONTACT})
"""Responses that end our right to call."""
_LIMIT_REACHED: Actions = (act.Finish("limit reached", politely=True),)


def carry_out(draft: Draft, actions: Actions) -> None:
    """Carry out what a node wants, and what follows from it, until something is waited for."""
    while actions:
        if draft.answered_early and _opts_out(draft, actions):
            actions = _asked_after_all(draft)
        following: Actions | None = None
        for action in actions:
            following = _CARRIED_OUT_BY[type(action)](draft, action)
        actions = following or ()  # a change leads nowhere: it is the last one after a hang-up only


def _speak(draft: Draft, action: act.Speak) -> Actions:
    if draft.steps >= draft.steps_allowed:
        return _LIMIT_REACHED
    draft.steps += 1
    if draft.opening is None:
        draft.opening = (*draft.frames, _frame_of(draft))
    if draft.keyed.early:
        if action.keys is KeysDuring.SKIP:
            return draft.here.spoken(draft)
        if action.keys is KeysDuring.ANSWER:
            return _answer_early(draft, action)
    if action.keys is KeysDuring.ANSWER:
        draft.answered_early = ()
    draft.say(action.prompts, action.keys, AfterSpeech.NODE)
    return ()


def _replay(draft: Draft, action: act.Replay) -> Actions:
    if draft.steps >= draft.steps_allowed:
        return _LIMIT_REACHED
    draft.steps += 1
    if draft.keyed.early and action.keys is KeysDuring.SKIP:
        return draft.here.spoken(draft)
    draft.replay(action.recording, action.keys)
    return ()


def _listen(draft: Draft, action: act.Listen) -> Actions:
    if draft.keyed.early:
        return _answer_early(draft, action)
    seconds = min(action.seconds, _SCREENER_PAUSE) if is_screened_question(draft) else action.seconds
    draft.listen(seconds)
    return ()


def is_screened_question(draft: Draft) -> bool:
    """Whether a call screener hears a question, to which nobody can expect an answer."""
    return draft.screened_until is not None and isinstance(draft.here, QuestionNode)


def begin_screening(draft: Draft) -> None:
    """Say the first words to a call screener from now on, for as long as the flow's manners have it."""
    draft.screened_until = draft.elapsed + draft.manners.screener


def open_anew(draft: Draft) -> Actions:
    """Say the first words of the call again, or end it when a call screener has heard them enough."""
    if draft.screened_until is not None and draft.elapsed >= draft.screened_until:
        return (act.Finish(SCREENED),)
    return_to_opening(draft)
    return draft.here.enter(draft)


def return_to_opening(draft: Draft) -> None:
    """Be in the node again that said the first words, with no key pressed yet."""
    *frames, first = draft.opening or (_frame_of(draft),)
    draft.keyed, draft.answered_early = Keyed(private=draft.keyed.private), ()
    _go_back(draft, tuple(frames), first)


def _answer_early(draft: Draft, asking: act.Action) -> Actions:
    """Answer the node's question with the first key pressed ahead; `asking` asks it if that can't be."""
    node = draft.here
    digit, rest = draft.keyed.early[0], draft.keyed.early[1:]
    draft.keyed = draft.keyed.without_early()
    if isinstance(node, QuestionNode):
        draft.before_early_key = (draft.mark(), asking)
        draft.answered_early = (*draft.frames, _frame_of(draft))
    draft.keyed = replace(draft.keyed, early=rest)
    return node.pressed(draft, digit)


def _opts_out(draft: Draft, actions: Actions) -> bool:
    """Say whether the person would be left alone from now on."""
    last = actions[-1]
    if isinstance(last, act.Go) and isinstance(draft.playing.nodes[last.to], OptOutNode):
        return True
    return any(isinstance(action, act.Answer) and action.response in _OPTING_OUT for action in actions)


def _asked_after_all(draft: Draft) -> Actions:
    """Put the key that was pressed ahead aside, with all that followed, and ask the question.

    What was said since then can't be taken back; in that case the question begins anew.
    """
    if draft.before_early_key is not None:
        mark, asking = draft.before_early_key
        draft.go_back_to(mark)
        return (asking,)
    *frames, asked = draft.answered_early
    draft.keyed, draft.answered_early = draft.keyed.without_early().after_leaving(draft.node), ()
    _go_back(draft, tuple(frames), asked)
    return draft.here.enter(draft)


def _go(draft: Draft, action: act.Go) -> Actions:
    to = action.to
    node = draft.playing.nodes[to]
    # No limit stands between a person and being left alone.
    if draft.steps >= draft.steps_allowed and not isinstance(node, OptOutNode):
        return _LIMIT_REACHED
    draft.steps += 1
    draft.keyed = draft.keyed.after_leaving(draft.node)
    draft.node, draft.memory = to, _FRESH
    if node.counts_visits:
        draft.visits = {**draft.visits, to: draft.visits.get(to, 0) + 1}
    if draft.tier < node.least_tier:
        raise FlowError(f"node {to!r} was about to be entered before its tier")
    return node.enter(draft)


def _enter(draft: Draft, action: act.Enter) -> Actions:
    """Begin another flow, with this one waiting for it."""
    flow = draft.flows.named(action.flow)
    if len(draft.frames) >= draft.flows.root.limits.depth:
        return (act.Finish("flows too deep in each other", politely=True),)
    if draft.tier < flow.entered_at:
        raise FlowError(f"flow {flow.name!r} was about to be entered before its tier")
    draft.frames = (*draft.frames, _frame_of(draft))
    draft.flow, draft.flow_version, draft.visits = flow.name, flow.version, {}
    # The limit may end the call before the first node is entered: it ends in this flow all the same.
    draft.keyed, draft.node = draft.keyed.after_leaving(draft.node), flow.start
    draft.playing = flow
    return (act.Go(flow.start),)


def _return(draft: Draft, action: act.Return) -> Actions:
    if not draft.frames:
        return (act.Finish(action.result, politely=True),)
    *before, frame = draft.frames
    _go_back(draft, tuple(before), frame)
    return draft.here.returned(draft, action.result)


def _frame_of(draft: Draft) -> Frame:
    return Frame(draft.flow, draft.flow_version, draft.node, draft.visits)


def _rejoin(draft: Draft, action: act.Rejoin) -> Actions:
    if draft.steps >= draft.steps_allowed:
        return _LIMIT_REACHED
    if not rejoin(draft):
        return (act.Go(action.otherwise),)
    draft.steps += 1
    return draft.here.enter(draft)


def _go_back(draft: Draft, frames: tuple[Frame, ...], frame: Frame) -> None:
    """Be in a node again that was left, with the flows around it that it had."""
    draft.be_in(draft.flows.of_version(frame.flow, frame.flow_version), frames, frame)


def _perform(draft: Draft, action: act.Perform) -> Actions:
    draft.ask_for(replace(action.effect, effect_id=draft.next_id()))
    return ()


def _finish(draft: Draft, action: act.Finish) -> Actions:
    draft.keyed = Keyed(private=draft.keyed.private)  # nothing is asked any more
    # What a call screener hears after its time would be a message.
    if action.politely and draft.screened_until is None:
        draft.say_goodbye(action.reason)
    else:
        draft.hang_up(action.reason)
    return ()


_CARRIED_OUT_BY: Mapping[type[act.Action], Callable[[Draft, Any], Actions | None]] = {
    **CHANGES,
    act.Speak: _speak,
    act.Replay: _replay,
    act.Listen: _listen,
    act.Go: _go,
    act.Enter: _enter,
    act.Return: _return,
    act.Rejoin: _rejoin,
    act.Perform: _perform,
    act.Finish: _finish,
}
