from __future__ import annotations

from ivr.carrier.behaviours.busy import Busy
from tests.unit.carrier.scripted_line import ScriptedLine


async def test_is_486_without_ringing() -> None:
    line = ScriptedLine()
    await Busy(kind="busy").meet(line)
    assert line.did == ["refuse 486"]
