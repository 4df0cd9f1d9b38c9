from __future__ import annotations

import pytest

from ivr.carrier.behaviours.blocks import Blocks
from tests.unit.carrier.scripted_line import ScriptedLine


@pytest.mark.parametrize("status", ["603+", "607", "608"])
async def test_blocks_before_it_rings(status: str) -> None:
    line = ScriptedLine()
    await Blocks.model_validate({"kind": "blocks", "status": status}).meet(line)
    assert line.did == [f"refuse {status}"]
