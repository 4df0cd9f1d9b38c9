from __future__ import annotations

from ivr.carrier.behaviours.screener import Screener
from tests.unit.carrier.scripted_line import ScriptedLine

BEGIN = ["ring", "answer", "play privacy-prompt", "take message"]


async def test_listens_and_then_somebody_comes_to_the_phone() -> None:
    line = ScriptedLine()
    await Screener.model_validate({"kind": "screener", "then": [{"press": "1"}]}).meet(line)
    assert line.did == [*BEGIN, "play tone/ringback", "come to the phone", "press 1 by rfc4733"]


async def test_listens_and_nobody_comes() -> None:
    line = ScriptedLine()
    await Screener(kind="screener").meet(line)
    assert line.did == [*BEGIN, "play vm-goodbye", "hang up"]
