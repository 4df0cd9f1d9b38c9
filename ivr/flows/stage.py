"""Carries out what the nodes want, until the session waits again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import assert_never

from ivr.errors import FlowError
from ivr.flows.actions import (
    Action,
    Actions,
    Answer,
    Collect,
    Finish,
    ForgetKeys,
    Go,
    Keep,
    Listen,
    Perform,
    RaiseTier,
    Record,
    Remember,
    Speak,
)
from ivr.flows.draft import Draft
from ivr.flows.flow import Flow
from ivr.flows.node import Node
from ivr.flows.nodes.choosing import ChoosingNode
from ivr.flows.nodes.opt_out import OptOutNode
from ivr.flows.scene import Scene
from ivr.flows.state import AfterSpeech, KeysDuring, Memory


class Stage:
    """A flow and the state that is being changed."""

    def __init__(self, flow: Flow, draft: Draft, elapsed: float) -> None:
        self.flow = flow
        self.draft = draft
        self._elapsed = elapsed

    @property
    def node(self) -> Node:
        """The node that the session is in."""
        return self.flow.nodes[self.draft.node]

    def scene(self) -> Scene:
        """Return what that node may look at."""
        draft = self.draft
        return Scene(
            variables=draft.variables,
            memory=draft.memory,
            manners=self.flow.manners,
            keys=self.flow.keys,
            visits=draft.visits.get(draft.node, 0),
            digits=draft.keyed.digits,
        )

    def say_goodbye(self, reason: str) -> None:
        """Say the flow's good-bye; then the call ends for `reason`."""
        self.draft.end_reason = reason
        self.draft.say((self.flow.goodbye,), KeysDuring.IGNORE, AfterSpeech.HANG_UP)

    def carry_out(self, actions: Actions) -> None:
        """Carry out what a node wants, and what follows from it, until something is waited for."""
        while actions:
            *before, last = actions
            for action in before:
                self._apply(action)
            actions = self._apply(last)

    def _apply(self, action: Action) -> Actions:
        """Carry out one action and return those that follow from it at once."""
        match action:
            case Speak():
                return self._speak(action)
            case Listen():
                return self._listen(action)
            case Go():
                return self._go(action)
            case Perform():
                self.draft.ask_for(replace(action.effect, effect_id=self.draft.next_id()))
            case Finish():
                self._finish(action)
            case _:
                self._change(action)
        return ()

    def _change(self, action: Answer | RaiseTier | Remember | Collect | Keep | ForgetKeys | Record) -> None:
        draft = self.draft
        match action:
            case Answer():
                draft.respond(action.response, action.details)
            case RaiseTier():
                draft.tier = max(draft.tier, action.tier)
                draft.checkpoint()
            case Remember():
                draft.memory = action.memory
            case Collect():
                draft.keyed = draft.keyed.with_digit(action.digit)
            case Keep():
                self._keep(action)
            case ForgetKeys():
                draft.keyed = draft.keyed.without_early()
            case Record():
                draft.note(action.kind, action.detail)
            case _:
                assert_never(action)

    def _speak(self, action: Speak) -> Actions:
        draft = self.draft
        if self._is_beyond_limits():
            return (Finish("limit reached", politely=True),)
        draft.steps += 1
        if draft.keyed.early and action.keys is KeysDuring.SKIP:
            return self.node.spoken(self.scene())
        if draft.keyed.early and action.keys is KeysDuring.ANSWER:
            return self._answer_early(lambda: draft.say(action.prompts, action.keys, AfterSpeech.NODE))
        draft.say(action.prompts, action.keys, AfterSpeech.NODE)
        return ()

    def _listen(self, action: Listen) -> Actions:
        if self.draft.keyed.early:
            return self._answer_early(lambda: self.draft.listen(action.seconds))
        self.draft.listen(action.seconds)
        return ()

    def _answer_early(self, otherwise: Callable[[], None]) -> Actions:
        """Answer the node's question with the first key pressed ahead, unless that would opt out."""
        draft, node = self.draft, self.node
        digit, rest = draft.keyed.early[0], draft.keyed.early[1:]
        if isinstance(node, ChoosingNode):
            choice = node.choice_for(self.scene(), digit)
            if choice is not None and isinstance(self.flow.nodes[choice.to], OptOutNode):
                draft.keyed = draft.keyed.without_early()
                otherwise()
                return ()
        draft.keyed = replace(draft.keyed, early=rest)
        return node.pressed(self.scene(), digit)

    def _go(self, action: Go) -> Actions:
        draft = self.draft
        # No limit stands between a person and being left alone.
        if self._is_beyond_limits() and not isinstance(self.flow.nodes[action.to], OptOutNode):
            return (Finish("limit reached", politely=True),)
        draft.steps += 1
        draft.keyed = draft.keyed.after_leaving(draft.node)
        draft.node, draft.memory = action.to, Memory()
        draft.visits = {**draft.visits, action.to: draft.visits.get(action.to, 0) + 1}
        if draft.tier < self.node.least_tier:
            raise FlowError(f"node {action.to!r} was about to be entered before its tier")
        return self.node.enter(self.scene())

    def _finish(self, action: Finish) -> None:
        if action.politely:
            self.say_goodbye(action.reason)
        else:
            self.draft.hang_up(action.reason)

    def _keep(self, action: Keep) -> None:
        draft = self.draft
        if action.secret:
            draft.keyed = draft.keyed.with_secret(action.name, draft.node)
        else:
            draft.gathered = {**draft.gathered, action.name: draft.keyed.digits}

    def _is_beyond_limits(self) -> bool:
        limits = self.flow.limits
        return self.draft.steps >= limits.steps or self._elapsed > limits.seconds
