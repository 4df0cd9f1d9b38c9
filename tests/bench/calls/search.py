"""Find the highest rate that holds: upwards in strides until one does not, then between the two."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from tests.bench.calls.step import Step

Hold = Callable[[float], Awaitable[Step]]
"""Holds a rate (calls a second) and says what came of it."""

FIRST_CPS = 30.0
STRIDE = 1.5
CLOSE_ENOUGH = 1.08
"""The search ends when the lowest rate that failed is no more than this times the highest that held."""
SLOWEST_CPS = 1.0


async def highest_clean(hold: Hold, most: float, first: float = FIRST_CPS) -> Step | None:
    """Return the clean step of the highest rate up to `most`; None when not even the slowest was clean."""
    best: Step | None = None
    failed_at: float | None = None
    rate: float | None = min(first, most)
    while rate is not None:
        step = await hold(rate)
        if step.is_clean:
            best = step
        else:
            failed_at = rate
        rate = next_rate(best.asked_cps if best else None, failed_at, most)
    return best


def next_rate(held: float | None, failed_at: float | None, most: float) -> float | None:
    """Return what to try, after the highest rate that held and the lowest that failed; None to stop."""
    if failed_at is None:
        assert held is not None
        return min(held * STRIDE, most) if held < most else None
    if held is None:
        return max(failed_at / 2, SLOWEST_CPS) if failed_at > SLOWEST_CPS else None
    if failed_at <= held * CLOSE_ENOUGH:
        return None
    return round((held + failed_at) / 2, 1)
