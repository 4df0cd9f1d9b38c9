from __future__ import annotations

from ivr.carrier.behaviours.congestion import Congestion
from tests.unit.carrier.scripted_line import ScriptedLine


async def test_is_503_without_ringing() -> None:
    line = ScriptedLine()
    await Congestion(kind="congestion").meet(line)
    assert line.did == ["refuse 503"]
