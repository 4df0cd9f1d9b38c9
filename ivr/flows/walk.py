"""One call of a session: what happened goes to the node that waits for it."""

from __future__ import annotations

from dataclasses import replace

from ivr.calls.answered_by import AnsweredBy
from ivr.errors import FlowError
from ivr.flows.actions import Answer, Finish, Go
from ivr.flows.draft import Draft, concludes
from ivr.flows.effects import (
    CheckFactor,
    CheckPin,
    CommandDesk,
    FindReference,
    RecordVoice,
    SetPin,
    TakeCard,
    Transfer,
    TransferOut,
)
from ivr.flows.events import EffectDone
from ivr.flows.keyed import Keyed
from ivr.flows.machine import begin_message, machine_heard, message_is_said, talk_after_all
from ivr.flows.nodes.question import QuestionNode
from ivr.flows.stage import begin_screening, carry_out, is_screened_question, open_anew
from ivr.flows.state import AfterSpeech, KeysDuring, Memory, Phase
from ivr.outcomes.response import Response

_ID_GAP = 10_000
"""Ids skipped after a drop, since some beyond the checkpoint may be in use on the switch; more than a flow's
limit of steps lets it use."""

_WITH_SECRETS = (CheckFactor, CheckPin, SetPin, TakeCard, FindReference, CommandDesk)
_ASKED_ANEW = (*_WITH_SECRETS, RecordVoice)
"""Effects that a drop takes something from which only the person can give again: digits that were in memory,
words that nobody kept. Their question is asked anew."""
_TALKS_ELSEWHERE = (Transfer, TransferOut)


def begin(draft: Draft) -> None:
    """Enter the first node."""
    carry_out(draft, (Go(draft.playing.start),))


def pressed(draft: Draft, digit: str) -> None:
    """Give a key to whoever it is meant for."""
    if draft.message_starts and draft.phase is not Phase.OVER:
        talk_after_all(draft, digit)
        return
    if draft.opening:  # a key is a person's
        draft.opening, draft.screened_until = (), None
    if (draft.keyed.lost and _asks_anew(draft)) or (draft.keyed.surplus and _is_surplus(draft, digit)):
        return
    if draft.phase is Phase.KEY:
        if isinstance(draft.here, QuestionNode):
            draft.answered_early = ()
        carry_out(draft, draft.here.pressed(draft, digit))
    elif draft.phase is Phase.SPEECH:
        _pressed_during_speech(draft, digit)


def _pressed_during_speech(draft: Draft, digit: str) -> None:
    match draft.keys_during:
        case KeysDuring.ANSWER:
            draft.cut_speech()
            carry_out(draft, draft.here.pressed(draft, digit))
        case KeysDuring.SKIP:
            draft.cut_speech()
            draft.keyed = draft.keyed.with_early(digit)
            _after_speech(draft)
        case KeysDuring.KEEP:
            draft.keyed = draft.keyed.with_early(digit)
        case KeysDuring.IGNORE:
            pass


def speech_ended(draft: Draft, say_id: int) -> None:
    """Go on after speech; an end of something that was cut before means nothing."""
    if draft.say_id == say_id and draft.phase is Phase.SPEECH:
        draft.say_id = None
        draft.keyed = draft.keyed.without_surplus()
        _after_speech(draft)


def timed_out(draft: Draft) -> None:
    """Tell the node that no key came; a machine that spoke on and on gets its message all the same."""
    if draft.message_starts and draft.phase is Phase.KEY:
        begin_message(draft)
        return
    if draft.keyed.lost and _asks_anew(draft):
        return
    if draft.phase is Phase.KEY:
        draft.keyed = draft.keyed.without_surplus()
        carry_out(draft, open_anew(draft) if is_screened_question(draft) else draft.here.silent(draft))


def answerer_heard(draft: Draft, answered_by: AnsweredBy) -> None:
    """Begin anew with the first words for a call screener, and for the person whom it puts through.

    Once a key was pressed somebody is there, whatever the verdict. What ears find out of machines is for
    `ivr.flows.machine`; of other verdicts only a note is made.
    """
    if draft.phase is Phase.OVER:
        return
    draft.answered_by = answered_by
    draft.note("answered_by", {"answered_by": answered_by.value})
    if answered_by is AnsweredBy.SCREENER and draft.screened_until is None and draft.opening != ():
        begin_screening(draft)
    elif answered_by is AnsweredBy.HUMAN and draft.screened_until is not None:
        draft.screened_until = None
    else:
        machine_heard(draft, answered_by)
        return
    is_talking = draft.phase is Phase.SPEECH and draft.after_speech is AfterSpeech.NODE
    if draft.opening and (is_talking or draft.phase is Phase.KEY):
        draft.cut_speech()
        carry_out(draft, open_anew(draft))


def effect_done(draft: Draft, event: EffectDone) -> None:
    """Give the open effect's result to its node; after a hang-up only what it means is still told."""
    if draft.effect is None or draft.effect.effect_id != event.effect_id:
        return
    if isinstance(draft.effect, _WITH_SECRETS):
        draft.keyed = draft.keyed.without_secrets_of(draft.node)
    draft.effect = None
    draft.set_result(event.values)
    draft.note("effect", {"result": event.result})
    actions = draft.here.resulted(draft, event.result)
    if draft.phase is Phase.OVER:
        actions = tuple(action for action in actions if isinstance(action, Answer))
    else:
        draft.cut_speech()
    carry_out(draft, actions)
    draft.checkpoint()


def hung_up(draft: Draft, *, is_settled_elsewhere: bool = False) -> None:
    """End; a person who went without a word is reported as such.

    Where the matter was settled elsewhere meanwhile, what the hang-up would have settled is not meant.
    """
    if draft.phase is Phase.OVER:
        return
    meant = draft.here.abandoned(draft)
    if is_settled_elsewhere:
        draft.note("settled_elsewhere", {})
        meant = tuple(answer for answer in meant if not answer.response.settles_once)
    carry_out(draft, meant)
    if not any(concludes(response) for response, _ in draft.responses):
        draft.respond(Response.HUNG_UP, {})
    draft.phase, draft.say_id = Phase.OVER, None
    draft.keyed = Keyed(private=draft.keyed.private)


def settled_elsewhere(draft: Draft) -> None:
    """Tell so in the place of what was meant, and go on where the flow has it."""
    if draft.phase is Phase.OVER:
        return
    draft.cut_speech()
    draft.keyed, draft.effect = Keyed(private=draft.keyed.private), None
    draft.note("settled_elsewhere", {})
    to = draft.playing.settled
    carry_out(draft, (Finish("settled in another call", politely=True),) if to is None else (Go(to),))


def pick_up(draft: Draft, *, is_elsewhere: bool) -> None:
    """Apologise for a drop; then the open effect, the good-bye, or the node anew.

    A drop while somebody else talks with the person is none to them, and is not counted.
    """
    if not (is_elsewhere and isinstance(draft.effect, _TALKS_ELSEWHERE)):
        draft.pick_ups += 1
    draft.last_id += _ID_GAP
    draft.keyed = Keyed(private=draft.keyed.private)
    draft.say_id, draft.message_starts = None, 0
    if isinstance(draft.effect, _ASKED_ANEW):
        draft.effect = None
    draft.checkpoint()
    if draft.pick_ups > draft.playing.limits.pick_ups:
        draft.say_goodbye("dropped too often")
    elif draft.effect is not None:
        draft.say((draft.playing.sorry,), KeysDuring.IGNORE, AfterSpeech.EFFECT)
    elif draft.phase is Phase.SPEECH and draft.after_speech is AfterSpeech.HANG_UP:
        draft.say_goodbye(draft.end_reason)
    else:
        draft.memory = Memory()
        draft.say((draft.playing.sorry,), KeysDuring.SKIP, AfterSpeech.ENTER)


def give_up(draft: Draft, reason: str) -> None:
    """Say good-bye if that can still be said, and end the call."""
    if draft.phase is Phase.OVER:
        return
    draft.cut_speech()
    draft.message_starts = 0
    try:
        draft.say_goodbye(reason)
    except FlowError:
        draft.hang_up(reason)


def _after_speech(draft: Draft) -> None:
    match draft.after_speech:
        case AfterSpeech.NODE:
            carry_out(draft, draft.here.spoken(draft))
        case AfterSpeech.ENTER:
            carry_out(draft, draft.here.enter(draft))
        case AfterSpeech.EFFECT:
            assert draft.effect is not None, "an apology before no effect"  # noqa: S101 (our own invariant)
            draft.ask_for(draft.effect)
        case AfterSpeech.HANG_UP:
            draft.hang_up(draft.end_reason)
        case AfterSpeech.MESSAGE:
            message_is_said(draft)


def _asks_anew(draft: Draft) -> bool:
    """Begin a gather anew whose digits were lost when the state was written, if it still goes on."""
    draft.keyed = replace(draft.keyed, lost=False)
    if draft.phase not in (Phase.KEY, Phase.SPEECH):
        return False
    draft.cut_speech()
    carry_out(draft, draft.here.enter(draft))
    return True


def _is_surplus(draft: Draft, digit: str) -> bool:
    """Say whether a key was meant for a number that had ended by itself."""
    surplus = draft.keyed.surplus
    draft.keyed = draft.keyed.without_surplus()
    return digit == surplus
