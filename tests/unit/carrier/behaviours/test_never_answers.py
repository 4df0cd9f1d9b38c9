from __future__ import annotations

from datetime import timedelta

from ivr.carrier.behaviours.never_answers import NeverAnswers
from tests.unit.carrier.scripted_line import ScriptedLine


async def test_the_network_gives_up_after_three_minutes_of_ringing() -> None:
    line = ScriptedLine()
    await NeverAnswers(kind="never_answers").meet(line)
    assert line.did == ["ring", "refuse 480"]
    assert line.waited == timedelta(minutes=3)
