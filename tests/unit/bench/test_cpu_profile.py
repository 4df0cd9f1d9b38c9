"""Which part of the code a frame counts for."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable

from ivr.engine.push_outcome import retry_after
from tests.bench.calls.cpu_profile import part_of


def _part_inside(call: Callable[[], object], function: str) -> list[str]:
    parts: list[str] = []

    def see(frame: object, event: str, _argument: object) -> None:
        if event == "call" and sys._getframe(1).f_code.co_name == function:
            parts.append(part_of(sys._getframe(1)))

    sys.setprofile(see)
    try:
        call()
    finally:
        sys.setprofile(None)
    return parts


def test_a_function_of_ours_counts_for_its_package() -> None:
    assert _part_inside(lambda: retry_after(1), "retry_after") == ["engine"]


def test_the_event_loop_counts_for_asyncio() -> None:
    assert set(_part_inside(lambda: asyncio.run(asyncio.sleep(0)), "_run_once")) == {"asyncio"}
