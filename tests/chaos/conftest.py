"""Fixtures of the live crash tests: a world of its own for each test, on the installed Asterisk."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from ivr.clock import utc_now
from ivr.switch.install import install_asterisk
from ivr.switch.layout import SwitchLayout
from ivr.switch.speech_library import install_espeak
from tests.asterisk_pair import ivr_home
from tests.chaos.engine_process import EngineProcess
from tests.chaos.neighbourhood import customer, number_of
from tests.chaos.world import ChaosWorld

__all__ = ["ivr_home"]


@pytest.fixture(scope="session")
def installed(ivr_home: Path) -> Path:
    """The data folder with everything that is installed once."""
    layout = SwitchLayout(ivr_home)
    install_asterisk(layout.asterisk_root, lambda *_: None)
    install_espeak(layout.espeak_root, lambda *_: None)
    return ivr_home


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """The data folder of this test's engine."""
    return tmp_path / "home"


@contextmanager
def killed_at_the_end(*engines: EngineProcess) -> Iterator[None]:
    """Leave no engine behind, whatever the test came to."""
    try:
        yield
    finally:
        for engine in engines:
            if engine.is_alive:
                engine.kill()


async def until(holds: Callable[[], bool], what: str, seconds: float = 120) -> None:
    """Return once `holds`; AssertionError when it does not in time."""
    try:
        async with asyncio.timeout(seconds):
            while not holds():  # noqa: ASYNC110  (a database and a log file tell nobody)
                await asyncio.sleep(0.05)
    except TimeoutError:
        raise AssertionError(f"{what} was waited for in vain") from None


async def leads(engine: EngineProcess) -> None:
    """Return once the engine leads."""
    await asyncio.to_thread(engine.leads_within, 60)


async def customers(world: ChaosWorld, count: int) -> list[str]:
    """Take so many customers in, and return their numbers."""
    await world.takes_in([customer(index, utc_now().date()) for index in range(count)])
    return [number_of(index) for index in range(count)]


def is_answered(world: ChaosWorld, number: str) -> bool:
    """Whether somebody picked up there."""
    calls = world.town.calls(number)
    return bool(calls) and calls[-1].answered_at is not None
