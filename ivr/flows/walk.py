"""One call of a session: what happened goes to the node, what the node wants is carried out."""

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
from ivr.flows.commands import Pay
from ivr.flows.draft import Draft, concludes
from ivr.flows.events import EffectDone
from ivr.flows.flow import Flow
from ivr.flows.keyed import Keyed, Secret
from ivr.flows.node import Node
from ivr.flows.nodes.choosing import ChoosingNode
from ivr.flows.nodes.opt_out import OptOutNode
from ivr.flows.scene import Scene
from ivr.flows.state import AfterSpeech, KeysDuring, Memory, Phase
from ivr.flows.turn import Turn
from ivr.outcomes.response import Response

EARLY_KEYS = 40
"""More keys than this pressed ahead are noise on the line."""

_ID_GAP = 10_000
"""Ids skipped after a drop, since some beyond the checkpoint may be in use on the switch; more than a flow's
limit of steps lets it use."""


class Walk:
    """Carries one event through the nodes until the session waits again."""

    def __init__(self, flow: Flow, draft: Draft, elapsed: float) -> None:
        self._flow = flow
        self._draft = draft
        self._elapsed = elapsed

    def turn(self) -> Turn:
        """Return what this call of the session comes to."""
        return self._draft.turn()

    # What happened

    def begin(self) -> None:
        """Enter the first node."""
        self._carry_out((Go(self._flow.start),))

    def pressed(self, digit: str) -> None:
        """Give a key to whoever it is meant for."""
        draft = self._draft
        if self._asks_anew_after_loss():
            return
        if draft.phase is Phase.KEY:
            self._carry_out(self._node.pressed(self._scene(), digit))
        elif draft.phase is Phase.SPEECH:
            self._pressed_during_speech(digit)

    def _pressed_during_speech(self, digit: str) -> None:
        draft = self._draft
        match draft.keys_during:
            case KeysDuring.ANSWER:
                draft.cut_speech()
                self._carry_out(self._node.pressed(self._scene(), digit))
            case KeysDuring.SKIP:
                draft.cut_speech()
                self._keep_for_later(digit)
                self._after_speech()
            case KeysDuring.KEEP:
                self._keep_for_later(digit)
            case KeysDuring.IGNORE:
                pass

    def speech_ended(self, say_id: int) -> None:
        """Go on after speech; an end of something that was cut before means nothing."""
        if self._draft.phase is Phase.SPEECH and self._draft.say_id == say_id:
            self._draft.say_id = None
            self._after_speech()

    def timed_out(self) -> None:
        """Tell the node that no key came."""
        if self._asks_anew_after_loss():
            return
        if self._draft.phase is Phase.KEY:
            self._carry_out(self._node.silent(self._scene()))

    def effect_done(self, event: EffectDone) -> None:
        """Give the open effect's result to its node; after a hang-up only what it means is still told."""
        draft = self._draft
        if draft.effect is None or draft.effect.effect_id != event.effect_id:
            return
        draft.effect, draft.result = None, dict(event.values)
        draft.note("effect", {"result": event.result})
        actions = self._node.resulted(self._scene(), event.result)
        if draft.phase is Phase.OVER:
            actions = tuple(action for action in actions if isinstance(action, Answer))
        else:
            draft.cut_speech()
        self._carry_out(actions)
        draft.checkpoint()

    def hung_up(self) -> None:
        """End; a person who went without a word is reported as such."""
        draft = self._draft
        if draft.phase is Phase.OVER:
            return
        if isinstance(draft.effect, Pay):
            draft.respond(Response.PAYMENT_UNKNOWN, {})
        elif not any(concludes(response) for response, _ in draft.responses):
            draft.respond(Response.HUNG_UP, {})
        draft.phase, draft.say_id = Phase.OVER, None

    def pick_up(self) -> None:
        """Apologise for a drop; then the open effect, the good-bye, or the node anew."""
        draft = self._draft
        draft.pick_ups += 1
        draft.last_id += _ID_GAP
        draft.keyed = Keyed(private=draft.keyed.private)
        draft.say_id = None
        draft.checkpoint()
        if draft.pick_ups > self._flow.limits.pick_ups:
            self._say_goodbye("dropped too often")
        elif draft.effect is not None:
            draft.say((self._flow.sorry,), KeysDuring.IGNORE, AfterSpeech.EFFECT)
        elif draft.phase is Phase.SPEECH and draft.after_speech is AfterSpeech.HANG_UP:
            self._say_goodbye(draft.end_reason)
        else:
            draft.memory = Memory()
            draft.say((self._flow.sorry,), KeysDuring.SKIP, AfterSpeech.ENTER)

    def _after_speech(self) -> None:
        draft = self._draft
        match draft.after_speech:
            case AfterSpeech.NODE:
                self._carry_out(self._node.spoken(self._scene()))
            case AfterSpeech.ENTER:
                self._carry_out(self._node.enter(self._scene()))
            case AfterSpeech.EFFECT:
                assert draft.effect is not None, "an apology before no effect"  # noqa: S101 (our own invariant)
                draft.ask_for(draft.effect)
            case AfterSpeech.HANG_UP:
                draft.hang_up(draft.end_reason)

    def _asks_anew_after_loss(self) -> bool:
        """Begin a gather anew whose digits were left behind when the state was written."""
        draft = self._draft
        if not draft.keyed.lost:
            return False
        draft.keyed = replace(draft.keyed, lost=False)
        if draft.phase not in (Phase.KEY, Phase.SPEECH):
            return False
        draft.cut_speech()
        self._carry_out(self._node.enter(self._scene()))
        return True

    # What the nodes want

    def _carry_out(self, actions: Actions) -> None:
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
                self._draft.ask_for(replace(action.effect, effect_id=self._draft.next_id()))
            case Finish():
                self._finish(action)
            case _:
                self._change(action)
        return ()

    def _change(self, action: Answer | RaiseTier | Remember | Collect | Keep | ForgetKeys | Record) -> None:
        draft = self._draft
        match action:
            case Answer():
                draft.respond(action.response, action.details)
            case RaiseTier():
                draft.tier = max(draft.tier, action.tier)
                draft.checkpoint()
            case Remember():
                draft.memory = action.memory
            case Collect():
                digits = "" if action.digit is None else draft.keyed.digits + action.digit
                draft.keyed = replace(draft.keyed, digits=digits)
            case Keep():
                self._keep(action)
            case ForgetKeys():
                draft.keyed = replace(draft.keyed, early="")
            case Record():
                draft.note(action.kind, action.detail)
            case _:
                assert_never(action)

    def _speak(self, action: Speak) -> Actions:
        draft = self._draft
        if self._is_beyond_limits():
            return (Finish("limit reached", politely=True),)
        draft.steps += 1
        if draft.keyed.early and action.keys is KeysDuring.SKIP:
            return self._node.spoken(self._scene())
        if draft.keyed.early and action.keys is KeysDuring.ANSWER:
            return self._answer_early(lambda: draft.say(action.prompts, action.keys, AfterSpeech.NODE))
        draft.say(action.prompts, action.keys, AfterSpeech.NODE)
        return ()

    def _listen(self, action: Listen) -> Actions:
        if self._draft.keyed.early:
            return self._answer_early(lambda: self._draft.listen(action.seconds))
        self._draft.listen(action.seconds)
        return ()

    def _answer_early(self, otherwise: Callable[[], None]) -> Actions:
        """Answer the node's question with the first key pressed ahead, unless that would opt out."""
        draft, node = self._draft, self._node
        digit, rest = draft.keyed.early[0], draft.keyed.early[1:]
        if isinstance(node, ChoosingNode):
            choice = node.choice_for(self._scene(), digit)
            if choice is not None and isinstance(self._flow.nodes[choice.to], OptOutNode):
                draft.keyed = replace(draft.keyed, early="")
                otherwise()
                return ()
        draft.keyed = replace(draft.keyed, early=rest)
        return node.pressed(self._scene(), digit)

    def _go(self, action: Go) -> Actions:
        draft = self._draft
        if self._is_beyond_limits():
            return (Finish("limit reached", politely=True),)
        draft.steps += 1
        secrets = {name: secret for name, secret in draft.keyed.secrets.items() if secret.node == draft.node}
        draft.keyed = replace(draft.keyed, digits="", secrets=secrets)
        draft.node, draft.memory = action.to, Memory()
        draft.visits = {**draft.visits, action.to: draft.visits.get(action.to, 0) + 1}
        if draft.tier < self._node.least_tier:
            raise FlowError(f"node {action.to!r} was about to be entered before its tier")
        return self._node.enter(self._scene())

    def _finish(self, action: Finish) -> None:
        if action.politely:
            self._say_goodbye(action.reason)
        else:
            self._draft.hang_up(action.reason)

    def _say_goodbye(self, reason: str) -> None:
        self._draft.end_reason = reason
        self._draft.say((self._flow.goodbye,), KeysDuring.IGNORE, AfterSpeech.HANG_UP)

    def _keep(self, action: Keep) -> None:
        draft = self._draft
        digits = draft.keyed.digits
        if action.secret:
            secrets = {**draft.keyed.secrets, action.name: Secret(draft.node, digits)}
            draft.keyed = replace(draft.keyed, digits="", secrets=secrets)
        else:
            draft.gathered = {**draft.gathered, action.name: digits}
            draft.keyed = replace(draft.keyed, digits="")

    def _keep_for_later(self, digit: str) -> None:
        keyed = self._draft.keyed
        if len(keyed.early) < EARLY_KEYS:
            self._draft.keyed = replace(keyed, early=keyed.early + digit)

    def _is_beyond_limits(self) -> bool:
        limits = self._flow.limits
        return self._draft.steps >= limits.steps or self._elapsed > limits.seconds

    @property
    def _node(self) -> Node:
        return self._flow.nodes[self._draft.node]

    def _scene(self) -> Scene:
        draft = self._draft
        return Scene(
            variables=draft.variables,
            memory=draft.memory,
            manners=self._flow.manners,
            keys=self._flow.keys,
            visits=draft.visits.get(draft.node, 0),
            digits=draft.keyed.digits,
        )
