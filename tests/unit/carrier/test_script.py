from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from pydantic import ValidationError

from ivr.carrier.script import Step, follow
from tests.unit.carrier.scripted_line import ScriptedLine


async def test_a_step_waits_for_its_moment_then_its_time_then_does_its_thing() -> None:
    line = ScriptedLine()
    script = [
        Step.model_validate(step)
        for step in (
            {"once": "speech_stops", "wait": "0.5s", "press": "11", "by": "info"},
            {"hears": "press 2", "to_its_end": True},
            {"hears": "goodbye"},
            {"say": ["hello"]},
            {"hang_up": True},
        )
    ]
    await follow(script, line)
    assert line.did == [
        "hear speech_stops",
        "press 11 by info",
        "hear 'press 2'",
        "hear it out",
        "hear 'goodbye'",
        "play hello",
        "hang up",
    ]
    assert line.waited == timedelta(seconds=0.5)


async def test_nothing_is_done_after_hanging_up() -> None:
    line = ScriptedLine()
    await follow([Step(hang_up=True), Step(press="1")], line)
    assert line.did == ["hang up"]


@pytest.mark.parametrize(
    ("step", "wrong"),
    [
        ({"press": "1", "hang_up": True}, "does one thing"),
        ({"press": "1", "say": ["hello"]}, "does one thing"),
        ({"once": "speech_stops", "hears": "press"}, "waits for one thing"),
        ({"to_its_end": True, "press": "1"}, "nothing is heard to its end"),
        ({}, "says nothing"),
        ({"press": "x"}, "'x' is not on a keypad"),
        ({"press": 1}, "1 is not on a keypad"),
        ({"press": "1", "wait": 2}, "2 is no length of time"),
    ],
)
def test_a_step_that_nobody_can_take_is_refused(step: dict[str, Any], wrong: str) -> None:
    with pytest.raises(ValidationError, match=wrong):
        Step.model_validate(step)
