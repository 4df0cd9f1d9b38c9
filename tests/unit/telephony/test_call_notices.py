import pytest

from ivr.ari.events import AriEvent, ChannelStateChange
from ivr.ari.values import ChannelState
from ivr.calls.call_state import Answered, CallNotice, EarlyMedia, Ended, Ringing
from ivr.calls.hangup_cause import HangupCause
from ivr.telephony.call_notices import notice_in
from tests.unit.telephony.events import (
    CALL,
    channel,
    destroyed,
    dialled,
    in_app,
    is_up,
    played,
    pressed,
    second,
)


@pytest.mark.parametrize(
    ("event", "notice"),
    [
        (dialled(1, ""), None),
        (dialled(1, "RINGING"), Ringing(second(1))),
        (dialled(1, "PROGRESS"), EarlyMedia(second(1))),
        (dialled(1, "ANSWER"), Answered(second(1))),
        (dialled(1, "NOANSWER"), None),
        (dialled(1, "BUSY"), None),
        (ChannelStateChange(second(1), channel(ChannelState.RINGING)), Ringing(second(1))),
        (is_up(1), Answered(second(1))),
        (in_app(1), None),
        (pressed(1, "1"), None),
        (played(1, "p"), None),
        (destroyed(1, 17, 486), Ended(second(1), HangupCause(17, "words", 486))),
    ],
)
def test_what_each_event_tells(event: AriEvent, notice: CallNotice | None) -> None:
    assert notice_in(event, CALL) == notice


def test_an_agent_who_answers_is_no_answer_of_the_customer() -> None:
    assert notice_in(dialled(1, "ANSWER", peer="agent", caller=CALL), CALL) is None


def test_another_channel_that_ends_does_not_end_this_call() -> None:
    assert notice_in(destroyed(1), "another") is None


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ("SIP 603 Network Blocked", "Network Blocked"),
        ("SIP 603 ", None),
        ("SIP 183 Session Progress", None),
        ("SIP", None),
        ("", None),
    ],
)
def test_the_words_beside_the_final_status_are_kept(said: str, reason: str | None) -> None:
    notice = notice_in(destroyed(1, 21, 603, said), CALL)

    assert notice == Ended(second(1), HangupCause(21, "words", 603, reason))
