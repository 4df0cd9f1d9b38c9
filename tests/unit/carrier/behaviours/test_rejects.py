from __future__ import annotations

import pytest

from ivr.carrier.behaviours.rejects import Rejects
from tests.unit.carrier.scripted_line import ScriptedLine


@pytest.mark.parametrize("status", [403, 480, 486, 603])
async def test_rejects_while_it_rings(status: int) -> None:
    line = ScriptedLine()
    await Rejects.model_validate({"kind": "rejects", "status": status}).meet(line)
    assert line.did == ["ring", f"refuse {status}"]
