"""A machine on the line: the profile's message for voicemail, and the way back into a conversation.

The message begins when the machine records. It is begun anew when the machine turns out to speak on, twice
at most, so that one whole message is in the box. A key is a person's at any time.
"""

from __future__ import annotations

from ivr.calls.answered_by import AnsweredBy
from ivr.flows.draft import Draft
from ivr.flows.stage import carry_out, return_to_opening
from ivr.flows.state import AfterSpeech, KeysDuring, Phase

MESSAGE_LEFT = "message left"
"""Why a call is ended whose message was recorded whole, as far as we can hear."""
STARTS = 3
"""How often the message is begun at most."""
_SPEAKS_NO_LONGER = 20.0
"""Seconds for which a machine that speaks on is listened to, before the message is begun all the same."""
_NOBODY: dict[AnsweredBy, str] = {
    AnsweredBy.FAX: "a fax machine answered",
    AnsweredBy.NETWORK_ANNOUNCEMENT: "the network answered",
}


def machine_heard(draft: Draft, answered_by: AnsweredBy) -> None:
    """Begin the message on a machine that records, and end a call that nobody can ever hear.

    Once a key was pressed somebody is there. An effect that is open is waited for, and the verdict lost. When
    the call's time is over nothing is begun any more.
    """
    if draft.opening == () or draft.phase is Phase.EFFECT:
        return
    if answered_by in _NOBODY:
        draft.cut_speech()
        draft.hang_up(_NOBODY[answered_by])
    elif answered_by is AnsweredBy.MACHINE and _has_a_message(draft) and not _is_on_the_line(draft):
        begin_message(draft)


def begin_message(draft: Draft) -> None:
    """Say the message from its beginning."""
    assert draft.voicemail is not None  # noqa: S101  (without one nothing is left)
    draft.cut_speech()
    draft.screened_until = None
    draft.message_starts += 1
    draft.say((draft.voicemail,), KeysDuring.ANSWER, AfterSpeech.MESSAGE)


def machine_speaks(draft: Draft) -> None:
    """Break the message off until the machine has spoken, where it may still be begun anew."""
    if _is_on_the_line(draft) and draft.message_starts < STARTS:
        draft.cut_speech()
        draft.listen(_SPEAKS_NO_LONGER)


def message_is_said(draft: Draft) -> None:
    """End the call."""
    draft.message_left = True
    draft.hang_up(MESSAGE_LEFT)


def talk_after_all(draft: Draft, digit: str) -> None:
    """Begin the conversation with whoever pressed a key: it answers the first question that it fits."""
    draft.cut_speech()
    draft.message_starts = 0
    return_to_opening(draft)
    draft.opening, draft.keyed = (), draft.keyed.with_early(digit)
    carry_out(draft, draft.here.enter(draft))


def _has_a_message(draft: Draft) -> bool:
    return draft.voicemail is not None and draft.steps < draft.steps_allowed


def _is_on_the_line(draft: Draft) -> bool:
    return draft.phase is Phase.SPEECH and draft.after_speech is AfterSpeech.MESSAGE
