from __future__ import annotations

from ivr.carrier.behaviours.intercept import Intercept
from tests.unit.carrier.scripted_line import ScriptedLine


async def test_the_special_information_tone_comes_before_the_words() -> None:
    line = ScriptedLine()
    await Intercept(kind="intercept").meet(line)
    assert line.did == ["ring", "answer", "play tone/sit-intercept ss-noservice", "hang up"]
