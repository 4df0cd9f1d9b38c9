"""Carries out what the nodes want, until the session waits again."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, ClassVar

from ivr.errors import FlowError
from ivr.flows import actions as act
from ivr.flows.actions import Action, Actions
from ivr.flows.changes import CHANGES
from ivr.flows.draft import Draft
from ivr.flows.flow import Flow
from ivr.flows.keyed import Keyed
from ivr.flows.node import Node
from ivr.flows.nodes.choosing import ChoosingNode
from ivr.flows.nodes.opt_out import OptOutNode
from ivr.flows.scene import Scene
from ivr.flows.state import AfterSpeech, Frame, KeysDuring, Memory

_FRESH = Memory()


class Stage:
    """The flows of a session and the state that is being changed."""

    __slots__ = ("_elapsed", "_flows", "_limits", "_root", "draft", "flow", "scene")

    def __init__(self, root: Flow, flows: Mapping[str, Flow], draft: Draft, elapsed: float) -> None:
        self._root = root
        self._flows = flows
        self._limits = root.limits
        self._elapsed = elapsed
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
        if draft.keyed.early:
            if action.keys is KeysDuring.SKIP:
                return self.node.spoken(self.scene)
            if action.keys is KeysDuring.ANSWER:
                return self._answer_early(lambda: draft.say(action.prompts, action.keys, AfterSpeech.NODE))
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
            return self._answer_early(lambda: self.draft.listen(action.seconds))
        self.draft.listen(action.seconds)
        return ()

    def _answer_early(self, otherwise: Callable[[], None]) -> Actions:
        """Answer the node's question with the first key pressed ahead, unless that would opt out."""
        draft, node = self.draft, self.node
        digit, rest = draft.keyed.early[0], draft.keyed.early[1:]
        if isinstance(node, ChoosingNode):
            choice = node.choice_for(self.scene, digit)
            if choice is not None and isinstance(self.flow.nodes[choice.to], OptOutNode):
                draft.keyed = draft.keyed.without_early()
                otherwise()
                return ()
        draft.keyed = replace(draft.keyed, early=rest)
        return node.pressed(self.scene, digit)

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
        here = Frame(draft.flow, draft.flow_version, draft.node, draft.visits)
        draft.frames = (*draft.frames, here)
        draft.flow, draft.flow_version, draft.visits = flow.name, flow.version, {}
        self._show(flow)
        return (act.Go(flow.start),)

    def _return(self, action: act.Return) -> Actions:
        draft = self.draft
        if not draft.frames:
            return (act.Finish(action.result, politely=True),)
        *before, frame = draft.frames
        draft.frames = tuple(before)
        draft.flow, draft.flow_version = frame.flow, frame.flow_version
        draft.node, draft.visits, draft.memory = frame.node, frame.visits, _FRESH
        self._show(self._flow_named(frame.flow))
        if self.flow.version != frame.flow_version:
            raise FlowError(f"flow {frame.flow!r} is not the version that the call began with any more")
        return self.node.returned(self.scene, action.result)

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
        self.draft.keyed = Keyed(private=self.draft.keyed.private)  # nothing is asked any more
        if action.politely:
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
