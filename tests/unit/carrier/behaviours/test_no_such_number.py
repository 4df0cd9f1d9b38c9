from __future__ import annotations

import pytest

from ivr.carrier.behaviours.no_such_number import NoSuchNumber
from tests.unit.carrier.scripted_line import ScriptedLine


@pytest.mark.parametrize(
    ("announcement", "did"), [(False, ["refuse 404"]), (True, ["play ss-noservice", "refuse 404"])]
)
async def test_is_never_answered_with_or_without_an_announcement(announcement: bool, did: list[str]) -> None:
    line = ScriptedLine()
    await NoSuchNumber(kind="no_such_number", announcement=announcement).meet(line)
    assert line.did == did
