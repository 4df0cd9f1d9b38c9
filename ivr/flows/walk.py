"""One call of a session: what happened goes to the node that waits for it."""

from __future__ import annotations

from dataclasses import replace

from ivr.errors import FlowError
from ivr.flows.actions import Answer, Go
from ivr.flows.draft import concludes
from ivr.flows.effects import CheckFactor, SetPin
from ivr.flows.events import EffectDone
from ivr.flows.keyed import Keyed
from ivr.flows.stage import Stage
from ivr.flows.state import AfterSpeech, KeysDuring, Memory, Phase
from ivr.outcomes.response import Response

_ID_GAP = 10_000
"""Ids skipped after a drop, since some beyond the checkpoint may be in use on the switch; more than a flow's
limit of steps lets it use."""


def begin(stage: Stage) -> None:
    """Enter the first node."""
    stage.carry_out((Go(stage.flow.start),))


def pressed(stage: Stage, digit: str) -> None:
    """Give a key to whoever it is meant for."""
    draft = stage.draft
    if draft.keyed.lost and _asks_anew(stage):
        return
    if draft.phase is Phase.KEY:
        stage.carry_out(stage.node.pressed(draft, digit))
    elif draft.phase is Phase.SPEECH:
        _pressed_during_speech(stage, digit)


def _pressed_during_speech(stage: Stage, digit: str) -> None:
    draft = stage.draft
    match draft.keys_during:
        case KeysDuring.ANSWER:
            draft.cut_speech()
            stage.carry_out(stage.node.pressed(draft, digit))
        case KeysDuring.SKIP:
            draft.cut_speech()
            draft.keyed = draft.keyed.with_early(digit)
            _after_speech(stage)
        case KeysDuring.KEEP:
            draft.keyed = draft.keyed.with_early(digit)
        case KeysDuring.IGNORE:
            pass


def speech_ended(stage: Stage, say_id: int) -> None:
    """Go on after speech; an end of something that was cut before means nothing."""
    draft = stage.draft
    if draft.say_id == say_id and draft.phase is Phase.SPEECH:
        draft.say_id = None
        _after_speech(stage)


def timed_out(stage: Stage) -> None:
    """Tell the node that no key came."""
    if stage.draft.keyed.lost and _asks_anew(stage):
        return
    if stage.draft.phase is Phase.KEY:
        stage.carry_out(stage.node.silent(stage.draft))


def effect_done(stage: Stage, event: EffectDone) -> None:
    """Give the open effect's result to its node; after a hang-up only what it means is still told."""
    draft = stage.draft
    if draft.effect is None or draft.effect.effect_id != event.effect_id:
        return
    if isinstance(draft.effect, CheckFactor | SetPin):
        draft.keyed = draft.keyed.without_secrets_of(draft.node)
    draft.effect = None
    draft.set_result(event.values)
    draft.note("effect", {"result": event.result})
    actions = stage.node.resulted(draft, event.result)
    if draft.phase is Phase.OVER:
        actions = tuple(action for action in actions if isinstance(action, Answer))
    else:
        draft.cut_speech()
    stage.carry_out(actions)
    draft.checkpoint()


def hung_up(stage: Stage) -> None:
    """End; a person who went without a word is reported as such."""
    draft = stage.draft
    if draft.phase is Phase.OVER:
        return
    stage.carry_out(stage.node.abandoned(draft))
    if not any(concludes(response) for response, _ in draft.responses):
        draft.respond(Response.HUNG_UP, {})
    draft.phase, draft.say_id = Phase.OVER, None
    draft.keyed = Keyed(private=draft.keyed.private)


def pick_up(stage: Stage) -> None:
    """Apologise for a drop; then the open effect, the good-bye, or the node anew."""
    draft = stage.draft
    draft.pick_ups += 1
    draft.last_id += _ID_GAP
    draft.keyed = Keyed(private=draft.keyed.private)
    draft.say_id = None
    if isinstance(draft.effect, CheckFactor | SetPin):
        draft.effect = None  # its digits are lost: they are asked for again
    draft.checkpoint()
    if draft.pick_ups > stage.flow.limits.pick_ups:
        stage.say_goodbye("dropped too often")
    elif draft.effect is not None:
        draft.say((stage.flow.sorry,), KeysDuring.IGNORE, AfterSpeech.EFFECT)
    elif draft.phase is Phase.SPEECH and draft.after_speech is AfterSpeech.HANG_UP:
        stage.say_goodbye(draft.end_reason)
    else:
        draft.memory = Memory()
        draft.say((stage.flow.sorry,), KeysDuring.SKIP, AfterSpeech.ENTER)


def give_up(stage: Stage, reason: str) -> None:
    """Say good-bye if that can still be said, and end the call."""
    if stage.draft.phase is Phase.OVER:
        return
    stage.draft.cut_speech()
    try:
        stage.say_goodbye(reason)
    except FlowError:
        stage.draft.hang_up(reason)


def _after_speech(stage: Stage) -> None:
    draft = stage.draft
    match draft.after_speech:
        case AfterSpeech.NODE:
            stage.carry_out(stage.node.spoken(draft))
        case AfterSpeech.ENTER:
            stage.carry_out(stage.node.enter(draft))
        case AfterSpeech.EFFECT:
            assert draft.effect is not None, "an apology before no effect"  # noqa: S101 (our own invariant)
            draft.ask_for(draft.effect)
        case AfterSpeech.HANG_UP:
            draft.hang_up(draft.end_reason)


def _asks_anew(stage: Stage) -> bool:
    """Begin a gather anew whose digits were lost when the state was written, if it still goes on."""
    draft = stage.draft
    draft.keyed = replace(draft.keyed, lost=False)
    if draft.phase not in (Phase.KEY, Phase.SPEECH):
        return False
    draft.cut_speech()
    stage.carry_out(stage.node.enter(draft))
    return True
