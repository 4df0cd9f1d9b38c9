"""One call of a session: what happened goes to the node that waits for it."""

from __future__ import annotations

from dataclasses import replace

from ivr.errors import FlowError
from ivr.flows.actions import Answer, Go
from ivr.flows.draft import concludes
from ivr.flows.effects import CheckFactor, CheckPin, RecordVoice, SetPin
from ivr.flows.events import EffectDone
from ivr.flows.keyed import Keyed
from ivr.flows.stage import Stage
from ivr.flows.state import AfterSpeech, KeysDuring, Memory, Phase
from ivr.flows.turn import Turn
from ivr.outcomes.response import Response

_ID_GAP = 10_000
"""Ids skipped after a drop, since some beyond the checkpoint may be in use on the switch; more than a flow's
limit of steps lets it use."""

_ASKED_ANEW = (CheckFactor, CheckPin, SetPin, RecordVoice)
"""Effects that a drop takes something from which only the person can give again: digits that were in memory,
words that nobody kept. Their question is asked anew."""


class Walk:
    """Takes what happened to whoever it is meant for."""

    __slots__ = ("_draft", "_stage")

    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self._draft = stage.draft

    def turn(self) -> Turn:
        """Return what this call of the session comes to."""
        return self._draft.turn()

    def begin(self) -> None:
        """Enter the first node."""
        self._stage.carry_out((Go(self._stage.flow.start),))

    def pressed(self, digit: str) -> None:
        """Give a key to whoever it is meant for."""
        draft = self._draft
        if self._asks_anew_after_loss():
            return
        if draft.phase is Phase.KEY:
            self._stage.carry_out(self._stage.node.pressed(self._stage.scene, digit))
        elif draft.phase is Phase.SPEECH:
            self._pressed_during_speech(digit)

    def _pressed_during_speech(self, digit: str) -> None:
        draft = self._draft
        match draft.keys_during:
            case KeysDuring.ANSWER:
                draft.cut_speech()
                self._stage.carry_out(self._stage.node.pressed(self._stage.scene, digit))
            case KeysDuring.SKIP:
                draft.cut_speech()
                draft.keyed = draft.keyed.with_early(digit)
                self._after_speech()
            case KeysDuring.KEEP:
                draft.keyed = draft.keyed.with_early(digit)
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
            self._stage.carry_out(self._stage.node.silent(self._stage.scene))

    def effect_done(self, event: EffectDone) -> None:
        """Give the open effect's result to its node; after a hang-up only what it means is still told."""
        draft = self._draft
        if draft.effect is None or draft.effect.effect_id != event.effect_id:
            return
        if isinstance(draft.effect, CheckFactor | CheckPin | SetPin):
            draft.keyed = draft.keyed.without_secrets_of(draft.node)
        draft.effect = None
        draft.set_result(event.values)
        draft.note("effect", {"result": event.result})
        actions = self._stage.node.resulted(self._stage.scene, event.result)
        if draft.phase is Phase.OVER:
            actions = tuple(action for action in actions if isinstance(action, Answer))
        else:
            draft.cut_speech()
        self._stage.carry_out(actions)
        draft.checkpoint()

    def hung_up(self) -> None:
        """End; a person who went without a word is reported as such."""
        draft = self._draft
        if draft.phase is Phase.OVER:
            return
        self._stage.carry_out(self._stage.node.abandoned(self._stage.scene))
        if not any(concludes(response) for response, _ in draft.responses):
            draft.respond(Response.HUNG_UP, {})
        draft.phase, draft.say_id = Phase.OVER, None
        draft.keyed = Keyed(private=draft.keyed.private)

    def pick_up(self) -> None:
        """Apologise for a drop; then the open effect, the good-bye, or the node anew."""
        draft = self._draft
        draft.pick_ups += 1
        draft.last_id += _ID_GAP
        draft.keyed = Keyed(private=draft.keyed.private)
        draft.say_id = None
        if isinstance(draft.effect, _ASKED_ANEW):
            draft.effect = None
        draft.checkpoint()
        if draft.pick_ups > self._stage.flow.limits.pick_ups:
            self._stage.say_goodbye("dropped too often")
        elif draft.effect is not None:
            draft.say((self._stage.flow.sorry,), KeysDuring.IGNORE, AfterSpeech.EFFECT)
        elif draft.phase is Phase.SPEECH and draft.after_speech is AfterSpeech.HANG_UP:
            self._stage.say_goodbye(draft.end_reason)
        else:
            draft.memory = Memory()
            draft.say((self._stage.flow.sorry,), KeysDuring.SKIP, AfterSpeech.ENTER)

    def give_up(self, reason: str) -> None:
        """Say good-bye if that can still be said, and end the call."""
        if self._draft.phase is Phase.OVER:
            return
        self._draft.cut_speech()
        try:
            self._stage.say_goodbye(reason)
        except FlowError:
            self._draft.hang_up(reason)

    def _after_speech(self) -> None:
        draft = self._draft
        match draft.after_speech:
            case AfterSpeech.NODE:
                self._stage.carry_out(self._stage.node.spoken(self._stage.scene))
            case AfterSpeech.ENTER:
                self._stage.carry_out(self._stage.node.enter(self._stage.scene))
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
        self._stage.carry_out(self._stage.node.enter(self._stage.scene))
        return True
