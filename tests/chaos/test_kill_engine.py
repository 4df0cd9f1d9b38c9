"""The small form of `make chaos`."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.chaos.judge import judge
from tests.chaos.run import Plan, run_chaos

pytestmark = [pytest.mark.asterisk, pytest.mark.timeout(300)]


async def test_nobody_is_called_twice_or_forgotten(home: Path, installed: Path) -> None:
    plan = Plan(attempts=30, kills=3, seed=20, calls_per_second=10)

    run = await run_chaos(plan, home, installed, lambda _: None)

    verdict = judge(run.evidence)
    assert len(run.evidence.kills) == plan.kills
    assert verdict.holds, verdict
