"""Words whose sound can't be played are said again, or by an apology, and reported; never left in silence."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from structlog.testing import capture_logs

from ivr.calls.call_result import CallResult
from ivr.engine.speaking import Speaking
from ivr.engine.telephony import AgentTook, SpeechBroke
from ivr.flows.events import FlowEvent, Pressed, SpeechEnded
from ivr.prompts.segment import TextSegment
from tests.unit.engine.scripted import HEARD, ScriptedCall, ScriptedSpeech, report

TEXTS = tuple(TextSegment(text, "en") for text in ("one", "two", "three"))


async def said(
    *events: FlowEvent | SpeechBroke | str,
) -> tuple[FlowEvent | AgentTook, ScriptedCall, list[str]]:
    """Say three texts while `events` happen; return what the flow is told, the call, and the errors."""
    end = report("call-1", datetime(2026, 3, 9, tzinfo=UTC), CallResult.ANSWERED)
    call = ScriptedCall("call-1", end, list(events))
    speaking = Speaking(call, ScriptedSpeech())
    with capture_logs() as logs:
        await speaking.say(1, TEXTS)
        event = await speaking.next_event(None)
    assert all(entry["call"] == "call-1" for entry in logs)
    return event, call, [entry["event"] for entry in logs if entry["log_level"] == "error"]


async def test_what_is_heard_is_said_once() -> None:
    event, call, errors = await said(HEARD)
    assert (event, call.said, errors) == (SpeechEnded(1), ["one", "two", "three"], [])


@pytest.mark.parametrize(
    ("position", "again"), [(0, ["one (again)", "two", "three"]), (1, ["two (again)", "three"])]
)
async def test_what_was_not_heard_is_said_anew_with_what_follows_it(position: int, again: list[str]) -> None:
    event, call, errors = await said(SpeechBroke(1, position), HEARD)
    assert (event, call.said[3:]) == (SpeechEnded(1), again)
    assert errors == ["a sound could not be played, saying it again"]


async def test_positions_count_from_what_was_said_again() -> None:
    _, call, _ = await said(SpeechBroke(1, 1), SpeechBroke(1, 1), HEARD)
    assert call.said[3:] == ["two (again)", "three", "three (again)"]


async def test_when_nothing_is_left_to_try_the_rest_is_said() -> None:
    event, call, errors = await said(SpeechBroke(1, 1), SpeechBroke(1, 0), HEARD)
    assert (event, call.said[3:]) == (SpeechEnded(1), ["two (again)", "three", "three"])
    assert errors[-1] == "nothing can be played in its place, the words are left out"


async def test_when_that_was_all_the_speech_has_ended() -> None:
    event, _, _ = await said(SpeechBroke(1, 2), SpeechBroke(1, 0), Pressed("1"))
    assert event == SpeechEnded(1)


async def test_what_has_no_words_counts_as_heard() -> None:
    event, _, errors = await said(SpeechBroke(7, 0))
    assert event == SpeechEnded(7)
    assert errors == ["a sound could not be played, and has no words to say"]


async def test_a_key_comes_through() -> None:
    event, _, _ = await said(SpeechBroke(1, 0), Pressed("1"))
    assert event == Pressed("1")
