"""When an engine fails, the next one speaks; when it is well again, it is the first again."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from structlog.testing import capture_logs

from ivr.errors import SpeechError
from ivr.prompts.segment import TextSegment
from ivr.speech.cache import SpeechCache
from ivr.speech.fallback_engine import FallbackEngine
from ivr.speech.speech import Speech
from ivr.speech.voice import Voice

if TYPE_CHECKING:
    from tests.unit.speech.conftest import ToneEngine

ENGLISH = Voice("en")
HELLO = "Hello."


@pytest.fixture
def first(tone_engine: ToneEngine) -> ToneEngine:
    return tone_engine


async def until_first(engine: FallbackEngine, first: ToneEngine) -> None:
    async with asyncio.timeout(10):
        while engine.identities(ENGLISH)[0] not in first.identities(ENGLISH):  # noqa: ASYNC110 - nobody tells
            await asyncio.sleep(0.01)


@pytest.fixture
def second(tone_engine: ToneEngine) -> ToneEngine:
    return type(tone_engine)("second")


async def test_the_first_engine_speaks(first: ToneEngine, second: ToneEngine, tmp_path: Path) -> None:
    who = await FallbackEngine([first, second]).synthesize(HELLO, ENGLISH, tmp_path / "x.wav")
    assert (who,) == first.identities(ENGLISH)
    assert second.spoken == []


async def test_the_next_one_speaks_when_the_first_fails(
    first: ToneEngine, second: ToneEngine, tmp_path: Path
) -> None:
    first.broken = {HELLO, "1"}
    engine = FallbackEngine([first, second])
    with capture_logs() as logs:
        who = await engine.synthesize(HELLO, ENGLISH, tmp_path / "x.wav")
    assert (who,) == second.identities(ENGLISH)
    assert logs[0]["event"] == "a speech engine failed"
    await engine.close()


async def test_an_engine_that_is_unwell_is_not_asked_first(
    first: ToneEngine, second: ToneEngine, tmp_path: Path
) -> None:
    first.broken = {HELLO, "1"}
    engine = FallbackEngine([first, second])
    await engine.synthesize(HELLO, ENGLISH, tmp_path / "x.wav")
    first.spoken.clear()
    await engine.synthesize("Goodbye.", ENGLISH, tmp_path / "x.wav")
    assert "Goodbye." not in first.spoken
    assert engine.identities(ENGLISH) == (*second.identities(ENGLISH), *first.identities(ENGLISH))
    await engine.close()


async def test_an_engine_that_is_well_again_is_first_again(
    first: ToneEngine, second: ToneEngine, tmp_path: Path
) -> None:
    first.broken = {HELLO, "1"}
    engine = FallbackEngine([first, second], rest=0.01)
    await engine.synthesize(HELLO, ENGLISH, tmp_path / "x.wav")
    first.broken.clear()
    await until_first(engine, first)
    await engine.close()


async def test_when_none_can_speak_each_complaint_is_told(
    first: ToneEngine, second: ToneEngine, tmp_path: Path
) -> None:
    first.broken = second.broken = {HELLO}
    engine = FallbackEngine([first, second])
    with pytest.raises(SpeechError, match=r"broken; .*broken"):
        await engine.synthesize(HELLO, ENGLISH, tmp_path / "x.wav")
    await engine.close()
    assert first.closed
    assert second.closed


async def test_what_the_next_one_said_is_never_taken_for_the_firsts(
    first: ToneEngine, second: ToneEngine, tmp_path: Path
) -> None:
    first.broken = {HELLO}
    engine = FallbackEngine([first, second])
    speech = Speech(engine, SpeechCache(tmp_path / "cache"))
    segment = TextSegment(HELLO, "en")
    (by_second,) = await speech.files([segment])
    first.broken.clear()
    await until_first(engine, first)
    await speech.prepare([segment])
    (by_first,) = await speech.files([segment])
    assert by_first != by_second
    assert first.spoken.count(HELLO) == 2
    await speech.close()


async def test_a_call_does_not_wait_for_a_text_that_another_engine_has_said(
    first: ToneEngine, second: ToneEngine, tmp_path: Path
) -> None:
    first.broken = {HELLO}
    speech = Speech(FallbackEngine([first, second]), SpeechCache(tmp_path / "cache"))
    segment = TextSegment(HELLO, "en")
    await speech.prepare([segment])
    asked = first.spoken.count(HELLO)
    await speech.files([segment])
    assert first.spoken.count(HELLO) == asked
    await speech.close()
