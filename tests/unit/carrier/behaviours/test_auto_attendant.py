from __future__ import annotations

import pytest

from ivr.carrier.behaviours.auto_attendant import AutoAttendant
from tests.unit.carrier.scripted_line import ScriptedLine

ATTENDANT = AutoAttendant.model_validate(
    {"kind": "auto_attendant", "greeting": ["hello"], "extension": "42", "then": [{"press": "1"}]}
)


async def test_the_right_extension_reaches_the_person() -> None:
    line = ScriptedLine(keys="42")
    await ATTENDANT.meet(line)
    assert line.did == [
        "ring",
        "answer",
        "play hello",
        "play tone/ringback",
        "come to the phone",
        "press 1 by rfc4733",
    ]


@pytest.mark.parametrize("keys", ["4", "41", "142", ""])
async def test_a_wrong_or_incomplete_extension_gets_a_goodbye(keys: str) -> None:
    line = ScriptedLine(keys)
    await ATTENDANT.meet(line)
    assert line.did == ["ring", "answer", "play hello", "play vm-goodbye", "hang up"]
