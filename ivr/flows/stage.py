"""Carries out what the nodes want, until the session waits again."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, ClassVar

from ivr.errors import FlowError
from ivr.flows import actions as act
from ivr.flows.actions import Action, Actions
from ivr.flows.changes import CHANGES
from ivr.flows.draft import Draft, Mark
from ivr.flows.flow import Flow
from ivr.flows.keyed import Keyed
from ivr.flows.node import Node
from ivr.flows.nodes.opt_out import OptOutNode
from ivr.flows.nodes.question import QuestionNode
from ivr.flows.scene import Scene
from ivr.flows.state import AfterSpeech, Frame, KeysDuring, Memory
from ivr.outcomes.response import Response

SCREENED = "call screener"
"""Why a call is ended that nobody but a call screener listened to."""
_SCREENER_PAUSE = 3.0
"""Seconds; what screens a call takes two or so without a word for the end of what it was told."""
_FRESH = Memory()
_OPTING_OUT = frozenset({Response.OPTED_OUT, Response.STOP_CONTACT})
"""Responses that end our right to call."""


class Stage:
    """The flows of a session and the state that is being changed."""

    __slots__ = ("_before_early_key", "_elapsed", "_flows", "_limits", "_root", "draft", "flow", "scene")

    def __init__(self, root: Flow, flows: Mapping[str, Flow], draft: Draft, elapsed: float) -> None:
        self._root = root
        self._flows = flows
        self._limits = root.limits
        self._elapsed = elapsed
        self._before_early_key: tuple[Mark, Action] | None = None
        self.draft = draft
        self._show(root if draft.flow == root.name else self._flow_named(draft.flow))

    def _show(self, flow: Flow) -> None:
        self.flow = flow
        self.scene = Scene(self.draft, flow.manners, flow.keys)

    @property
    def node(self) -> Node:
        """The node that the session is in."""
        return self.flow.nodes[self.draft.node]

    def say_goodbye(self, reason: str) -> None:
        """Say the flow's good-bye; then the call ends for `reason`."""
        self.draft.end_reason = reason
        self.draft.say((self.flow.goodbye,), KeysDuring.IGNORE, AfterSpeech.HANG_UP)

    def carry_out(self, actions: Actions) -> None:
        """Carry out what a node wants, and what follows from it, until something is waited for."""
        while actions:
            if self.draft.answered_early and self._opts_out(actions):
                actions = self._asked_after_all()
            for action in actions[:-1]:
                CHANGES[type(action)](self.draft, action)
            last = actions[-1]
            way = self._ways.get(type(last))
            if way is None:  # after a hang-up nothing leads anywhere
                CHANGES[type(last)](self.draft, last)
                return
            actions = way(self, last)

    def _speak(self, action: act.Speak) -> Actions:
        draft = self.draft
        if self._is_beyond_limits():
            return (act.Finish("limit reached", politely=True),)
        draft.steps += 1
        if draft.opening is None:
            draft.opening = (*draft.frames, self._here())
        if draft.keyed.early:
            if action.keys is KeysDuring.SKIP:
                return self.node.spoken(self.scene)
            if action.keys is KeysDuring.ANSWER:
                return self._answer_early(action)
        if action.keys is KeysDuring.ANSWER:
            draft.answered_early = ()
        draft.say(action.prompts, action.keys, AfterSpeech.NODE)
        return ()

    def _replay(self, action: act.Replay) -> Actions:
        if self._is_beyond_limits():
            return (act.Finish("limit reached", politely=True),)
        self.draft.steps += 1
        self.draft.replay(action.recording, action.keys)
        return ()

    def _listen(self, action: act.Listen) -> Actions:
        if self.draft.keyed.early:
            return self._answer_early(action)
        seconds = action.seconds
        if self.is_screened_question:
            seconds = min(seconds, _SCREENER_PAUSE)
        self.draft.listen(seconds)
        return ()

    @property
    def is_screened_question(self) -> bool:
        """Whether a call screener hears a question, to which nobody can expect an answer."""
        return self.draft.screened_until is not None and isinstance(self.node, QuestionNode)

    def begin_screening(self) -> None:
        """Say the first words to a call screener from now on, for as long as the flow's manners have it."""
        self.draft.screened_until = self._elapsed + self.flow.manners.screener

    def open_anew(self) -> Actions:
        """Say the first words of the call again, or end it when a call screener has heard them enough."""
        draft = self.draft
        if draft.screened_until is not None and self._elapsed >= draft.screened_until:
            return (act.Finish(SCREENED),)
        *frames, first = draft.opening or (self._here(),)
        draft.keyed, draft.answered_early = Keyed(private=draft.keyed.private), ()
        self._go_back(tuple(frames), first)
        return self.node.enter(self.scene)

    def _answer_early(self, asking: Action) -> Actions:
        """Answer the node's question with the first key pressed ahead; `asking` asks it if that can't be."""
        draft, node = self.draft, self.node
        digit, rest = draft.keyed.early[0], draft.keyed.early[1:]
        draft.keyed = draft.keyed.without_early()
        if isinstance(node, QuestionNode):
            self._before_early_key = (draft.mark(), asking)
            draft.answered_early = (*draft.frames, self._here())
        draft.keyed = replace(draft.keyed, early=rest)
        return node.pressed(self.scene, digit)

    def _opts_out(self, actions: Actions) -> bool:
        """Say whether the person would be left alone from now on."""
        last = actions[-1]
        if isinstance(last, act.Go) and isinstance(self.flow.nodes[last.to], OptOutNode):
            return True
        return any(isinstance(action, act.Answer) and action.response in _OPTING_OUT for action in actions)

    def _asked_after_all(self) -> Actions:
        """Put the key that was pressed ahead aside, with all that followed, and ask the question.

        What was said since then can't be taken back; in that case the question begins anew.
        """
        draft = self.draft
        if self._before_early_key is not None:
            mark, asking = self._before_early_key
            draft.go_back_to(mark)
            self._show(self._flow_named(draft.flow))
            return (asking,)
        *frames, asked = draft.answered_early
        draft.keyed, draft.answered_early = draft.keyed.without_early().after_leaving(draft.node), ()
        self._go_back(tuple(frames), asked)
        return self.node.enter(self.scene)

    def _go(self, action: act.Go) -> Actions:
        draft = self.draft
        node = self.flow.nodes[action.to]
        # No limit stands between a person and being left alone.
        if self._is_beyond_limits() and not isinstance(node, OptOutNode):
            return (act.Finish("limit reached", politely=True),)
        draft.steps += 1
        draft.keyed = draft.keyed.after_leaving(draft.node)
        draft.node, draft.memory = action.to, _FRESH
        draft.visits = {**draft.visits, action.to: draft.visits.get(action.to, 0) + 1}
        if draft.tier < node.least_tier:
            raise FlowError(f"node {action.to!r} was about to be entered before its tier")
        return node.enter(self.scene)

    def _enter(self, action: act.Enter) -> Actions:
        """Begin another flow, with this one waiting for it."""
        draft, flow = self.draft, self._flow_named(action.flow)
        if len(draft.frames) >= self._limits.depth:
            return (act.Finish("flows too deep in each other", politely=True),)
        if draft.tier < flow.entered_at:
            raise FlowError(f"flow {flow.name!r} was about to be entered before its tier")
        draft.frames = (*draft.frames, self._here())
        draft.flow, draft.flow_version, draft.visits = flow.name, flow.version, {}
        # The limit may end the call before the first node is entered: it ends in this flow all the same.
        draft.keyed, draft.node = draft.keyed.after_leaving(draft.node), flow.start
        self._show(flow)
        return (act.Go(flow.start),)

    def _return(self, action: act.Return) -> Actions:
        draft = self.draft
        if not draft.frames:
            return (act.Finish(action.result, politely=True),)
        *before, frame = draft.frames
        self._go_back(tuple(before), frame)
        return self.node.returned(self.scene, action.result)

    def _here(self) -> Frame:
        draft = self.draft
        return Frame(draft.flow, draft.flow_version, draft.node, draft.visits)

    def _go_back(self, frames: tuple[Frame, ...], frame: Frame) -> None:
        """Be in a node again that was left, with the flows around it that it had."""
        draft = self.draft
        draft.frames, draft.flow, draft.flow_version = frames, frame.flow, frame.flow_version
        draft.node, draft.visits, draft.memory = frame.node, frame.visits, _FRESH
        self._show(self._flow_named(frame.flow))
        if self.flow.version != frame.flow_version:
            raise FlowError(f"flow {frame.flow!r} is not the version that the call began with any more")

    def _flow_named(self, name: str) -> Flow:
        if name == self._root.name:
            return self._root
        try:
            return self._flows[name]
        except KeyError:
            raise FlowError(f"there is no flow {name!r}") from None

    def _perform(self, action: act.Perform) -> Actions:
        self.draft.ask_for(replace(action.effect, effect_id=self.draft.next_id()))
        return ()

    def _finish(self, action: act.Finish) -> Actions:
        # What a call screener hears after its time would be a message.
        if action.politely and self.draft.screened_until is None:
            self.say_goodbye(action.reason)
        else:
            self.draft.hang_up(action.reason)
        return ()

    def _is_beyond_limits(self) -> bool:
        return self.draft.steps >= self._limits.steps or self._elapsed > self._limits.seconds

    _ways: ClassVar[Mapping[type[Action], Callable[[Stage, Any], Actions]]] = {
        act.Speak: _speak,
        act.Replay: _replay,
        act.Listen: _listen,
        act.Go: _go,
        act.Enter: _enter,
        act.Return: _return,
        act.Perform: _perform,
        act.Finish: _finish,
    }
    """What carries out the last action of several: a table, since nothing is asked for more often."""
