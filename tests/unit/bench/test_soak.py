"""`make bench-soak` says when something broke."""

from __future__ import annotations

import asyncio
import json

import pytest

from tests.bench import soak
from tests.bench.calls.engine_side import watched

WELL = {"calls": 10, "failed": 0, "channels_left": 0, "looks": {"engine_rss_mib": [90, 91]}}


async def _breaks() -> None:
    raise ProcessLookupError("no such process")


async def _ends() -> None:
    await asyncio.sleep(0)  # the watch has broken by then
    raise RuntimeError("the engine ended")


async def _goes_on() -> None:
    await asyncio.Event().wait()


async def test_a_watch_that_breaks_breaks_the_run() -> None:
    with pytest.raises(ProcessLookupError, match="no such process"):
        async with watched(_breaks()):
            await asyncio.sleep(0)


async def test_a_watch_ends_with_what_it_looks_at() -> None:
    before = asyncio.all_tasks()
    async with watched(_goes_on()):
        await asyncio.sleep(0)
        assert asyncio.all_tasks() != before
    assert asyncio.all_tasks() == before


async def test_what_breaks_the_run_itself_is_told_first() -> None:
    with pytest.raises(RuntimeError, match="the engine ended"):
        async with watched(_breaks()):
            await _ends()


def soaked(figures: dict[str, object], monkeypatch: pytest.MonkeyPatch, *options: str) -> None:
    async def measure(_cps: float, _seconds: float) -> dict[str, object]:
        return figures

    monkeypatch.setattr(soak, "measure", measure)
    monkeypatch.setattr(soak, "log_to", lambda _file: None)
    soak.main(options)


def test_figures_are_printed_where_all_is_well(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    soaked(WELL, monkeypatch)
    assert "failed: 0\n" in capsys.readouterr().out


@pytest.mark.parametrize("wrong", [{"failed": 3}, {"channels_left": 2}])
def test_calls_that_failed_and_channels_that_are_left_are_told_after_the_figures(
    wrong: dict[str, int], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    figures = {**WELL, **wrong}
    with pytest.raises(SystemExit) as ended:
        soaked(figures, monkeypatch, "--json")
    assert json.loads(capsys.readouterr().out) == figures
    failed, left = figures["failed"], figures["channels_left"]
    assert ended.value.code == f"{failed} of 10 calls failed, {left} channels are left."  # status 1
