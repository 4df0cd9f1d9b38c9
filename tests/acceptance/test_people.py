"""Every kind of called party, through the whole engine: what the network did, and what follows from it."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from structlog.testing import LogCapture

from tests.acceptance.bank import Bank
from tests.acceptance.books import Story
from tests.acceptance.customers import Customers

pytestmark = pytest.mark.asterisk


@dataclass(frozen=True, slots=True)
class Ending:
    """What the books say after a first call, and what the retry rule made of it."""

    call_result: str
    disposition: str
    again_after: float | None
    """Seconds from the end of the call; None when nobody is called again."""
    next_number: int = 1
    """Which of the customer's two numbers is next."""


NOBODY_PICKS_UP: dict[str, tuple[dict[str, Any], Ending]] = {
    "busy": ({"kind": "busy"}, Ending("busy", "no_contact", 3)),
    "rings out": ({"kind": "never_answers"}, Ending("no_answer", "no_contact", 4, 2)),
    "rejects": ({"kind": "rejects"}, Ending("rejected", "no_contact", 5)),
    "rejects by a telephone that says unavailable": (
        {"kind": "rejects", "status": 480},
        Ending("no_answer", "no_contact", 4, 2),
    ),
    "blocked by analytics (603+)": ({"kind": "blocks"}, Ending("blocked", "no_contact", None)),
    "blocked as unwanted (607)": ({"kind": "blocks", "status": "607"}, Ending("blocked", "no_contact", None)),
    "blocked on the way (608)": ({"kind": "blocks", "status": "608"}, Ending("blocked", "no_contact", None)),
    "no such number": ({"kind": "no_such_number"}, Ending("invalid_number", "no_contact", 9, 2)),
    "no such number, announced in early media": (
        {"kind": "no_such_number", "announcement": True},
        Ending("invalid_number", "no_contact", 9, 2),
    ),
    "congestion": ({"kind": "congestion"}, Ending("congestion", "no_contact", 2)),
}

PRESSES_ONE = {"hears": "Maria Lopez, press 1", "press": "1"}
HANGS_UP_AT_THE_DETAILS = {"hears": "A payment of forty-two dollars", "hang_up": True}
SOMETHING_PICKS_UP: dict[str, tuple[dict[str, Any], Ending]] = {
    "an intercept with its tone": ({"kind": "intercept"}, Ending("answered", "hung_up", 6)),
    "voicemail": ({"kind": "voicemail"}, Ending("answered", "hung_up", 6)),
    "a fax machine": ({"kind": "fax"}, Ending("answered", "hung_up", 6)),
    "a screener whom nobody follows": ({"kind": "screener"}, Ending("answered", "hung_up", 6)),
    "a screener, then the customer": (
        {"kind": "screener", "then": [PRESSES_ONE, HANGS_UP_AT_THE_DETAILS]},
        Ending("answered", "hung_up", 6),
    ),
    "an office's machine": ({"kind": "auto_attendant"}, Ending("answered", "hung_up", 6)),
    "somebody who hangs up at once": (
        {"kind": "answers", "then": [{"hang_up": True}]},
        Ending("answered", "hung_up", 6),
    ),
    "somebody who stays silent": ({"kind": "answers"}, Ending("answered", "no_response", 7)),
    "somebody who says hello and presses a wrong key": (
        {"kind": "answers", "then": [{"say": ["hello"]}, {"press": "7"}, {"hang_up": True}]},
        Ending("answered", "hung_up", 6),
    ),
}


def ending_in(story: Story) -> Ending:
    """Read the ending of the first call from the books."""
    first = story.closed[0]
    ending = (str(first.result), story.line.dispositions[0].value)
    if len(story.attempts) == 1:
        return Ending(*ending, None)
    again = story.attempts[1]
    assert first.closed_at is not None
    after = (again.due_at - first.closed_at).total_seconds()
    return Ending(*ending, after, int(again.contact_point_id.rpartition("-")[2]))


async def test_a_call_that_nobody_picks_up_is_told_as_the_network_did_and_retried_by_the_rule(
    bank: Bank, a_customer: Customers, subtests: pytest.Subtests, engine_log: LogCapture
) -> None:
    people = {kind: a_customer(numbers=2).does(**does) for kind, (does, _) in NOBODY_PICKS_UP.items()}
    await bank.calls(*people.values())
    stories = await asyncio.gather(*(bank.story_after(person) for person in people.values()))
    for (kind, (_, expected)), story in zip(NOBODY_PICKS_UP.items(), stories, strict=True):
        with subtests.test(kind):
            assert ending_in(story) == expected
            [row] = story.calls[:1]
            assert row.answered_at is None
            assert people[kind].heard_words() == (), "nothing is played before the answer"
            state = "exhausted" if expected.again_after is None else "open"
            assert story.alerts[0][0].value == state
    phrases = {story.calls[0].sip_status: story.calls[0].sip_reason for story in stories[4:7]}
    assert phrases[603] == "Network Blocked", "the far end's words are kept as they came"
    assert [entry for entry in engine_log.entries if entry["log_level"] == "error"] == []


async def test_whatever_picks_up_hears_who_calls_and_counts_as_nothing_but_what_it_pressed(
    bank: Bank, a_customer: Customers, subtests: pytest.Subtests, engine_log: LogCapture
) -> None:
    people = {kind: a_customer(numbers=2).does(**does) for kind, (does, _) in SOMETHING_PICKS_UP.items()}
    await bank.calls(*people.values())
    stories = await asyncio.gather(*(bank.story_after(person) for person in people.values()))
    for (kind, (_, expected)), story in zip(SOMETHING_PICKS_UP.items(), stories, strict=True):
        with subtests.test(kind):
            assert ending_in(story) == expected
            assert story.calls[0].answered_at is not None
            assert story.alerts == (("open", None),)
            confirmed = any(PRESSES_ONE in does.get("then", []) for does in [SOMETHING_PICKS_UP[kind][0]])
            told = [words for words in people[kind].heard_words() if "payment" in words]
            assert confirmed or not told, "the matter is told to nobody who has not pressed a key"
    assert [entry for entry in engine_log.entries if entry["log_level"] == "error"] == []


async def test_somebody_who_never_presses_a_key_is_asked_twice_and_hears_a_number_to_call(
    bank: Bank, a_customer: Customers
) -> None:
    ben = a_customer().answers()
    ben.expects("Hello, this is Sample Bank").expects("To stop these calls, press 9")
    ben.expects("We did not hear a key").expects("If you are Maria Lopez, press 1")
    ben.expects("Please call us at two zero two, five five five, zero one zero zero").expects("Goodbye")
    await bank.calls(ben)
    call = await ben.call_is_over(within=timedelta(seconds=100))
    assert call.ended_by == "far_end"
    story = await bank.story_after(ben)
    assert (story.disposition, story.responses) == ("no_response", ("no_input",))


async def test_the_call_record_tells_how_the_network_and_the_audio_did(
    bank: Bank, a_customer: Customers
) -> None:
    ada = a_customer().answers().expects("If you are Maria Lopez").hangs_up()
    await bank.calls(ada)
    seen = await ada.call_is_over()
    story = await bank.story_after(ada)
    [row] = story.calls
    assert (row.id, row.trunk, row.caller_id) == (seen.attempt_id, "carrier", seen.caller_id)
    assert row.sip_call_id == seen.sip_call_id
    assert row.number == ada.number
    assert row.codec == "ulaw"
    assert row.post_dial_delay >= 0
    assert row.ring_seconds >= 0
    assert row.rtp_sent > 0
    assert row.rtp_lost == 0
    assert row.jitter_ms >= 0
    assert row.started_at <= row.ringing_at <= row.answered_at <= row.ended_at
