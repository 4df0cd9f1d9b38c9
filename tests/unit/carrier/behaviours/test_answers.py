from __future__ import annotations

from datetime import timedelta

from ivr.carrier.behaviours.answers import Answers
from tests.unit.carrier.scripted_line import ScriptedLine


async def test_rings_for_a_second_picks_up_and_follows_the_script() -> None:
    line = ScriptedLine()
    await Answers.model_validate({"kind": "answers", "then": [{"press": "1"}]}).meet(line)
    assert line.did == ["ring", "answer", "press 1 by rfc4733"]
    assert line.waited == timedelta(seconds=1)


async def test_without_a_script_stays_on_the_line() -> None:
    line = ScriptedLine()
    await Answers(kind="answers").meet(line)
    assert line.did == ["ring", "answer"]
