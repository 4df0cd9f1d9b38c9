from __future__ import annotations

from ivr.carrier.behaviours.voicemail import Voicemail
from tests.unit.carrier.scripted_line import ScriptedLine


async def test_the_beep_is_the_last_thing_before_the_message() -> None:
    line = ScriptedLine()
    await Voicemail.model_validate({"kind": "voicemail", "greeting": ["hello"]}).meet(line)
    assert line.did == ["ring", "answer", "play hello beep", "take message", "hang up"]
