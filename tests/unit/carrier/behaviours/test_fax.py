from __future__ import annotations

from ivr.carrier.behaviours.fax import Fax
from tests.unit.carrier.scripted_line import ScriptedLine


async def test_sounds_its_tone_three_times_and_gives_up() -> None:
    line = ScriptedLine()
    await Fax(kind="fax").meet(line)
    assert line.did == ["ring", "answer", *["play tone/fax-answer"] * 3, "hang up"]
