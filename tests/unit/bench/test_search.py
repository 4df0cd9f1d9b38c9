"""The search for the highest clean rate."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.bench.calls.search import CLOSE_ENOUGH, SLOWEST_CPS, highest_clean
from tests.bench.calls.step import Step


def _step(cps: float, *, failed: int = 0, placed: float | None = None) -> Step:
    return Step(cps, cps if placed is None else placed, 100, failed, 1.0, 1.0)


async def _found(capacity: float, most: float) -> tuple[Step | None, list[float]]:
    tried: list[float] = []

    async def hold(cps: float) -> Step:
        tried.append(cps)
        return _step(cps, failed=int(cps > capacity))

    return await highest_clean(hold, most), tried


@given(capacity=st.floats(SLOWEST_CPS, 300))
async def test_it_ends_close_below_what_holds(capacity: float) -> None:
    best, tried = await _found(capacity, most=1000)
    assert best is not None
    assert best.asked_cps <= capacity < best.asked_cps * CLOSE_ENOUGH + 0.1
    assert len(tried) <= 20


async def test_it_never_tries_more_than_it_may() -> None:
    best, tried = await _found(capacity=500, most=100)
    assert best is not None
    assert best.asked_cps == max(tried) == 100


async def test_a_machine_that_holds_nothing_has_no_highest_rate() -> None:
    best, tried = await _found(capacity=0, most=100)
    assert best is None
    assert min(tried) == SLOWEST_CPS


@pytest.mark.parametrize(
    ("step", "is_clean"),
    [
        (_step(50), True),
        (_step(50, placed=49), True),
        (_step(50, failed=1), False),
        (_step(50, placed=48), False),
    ],
)
def test_a_step_is_clean_when_no_call_failed_and_the_pace_was_kept(step: Step, is_clean: bool) -> None:
    assert step.is_clean is is_clean
