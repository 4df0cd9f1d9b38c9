"""Renderings are bounded, never done twice at a time, and a live call does not wait behind others."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from ivr.errors import SpeechError
from ivr.speech.render_queue import RenderQueue


class Workshop:
    """Work that waits to be let go on, and remembers what was begun."""

    def __init__(self) -> None:
        self.begun: list[str] = []
        self.gates: dict[str, asyncio.Event] = {}

    def work(self, key: str) -> Callable[[], Awaitable[Path]]:
        async def run() -> Path:
            self.begun.append(key)
            await self.gates.setdefault(key, asyncio.Event()).wait()
            return Path(key)

        return run

    def finish(self, *keys: str) -> None:
        for key in keys:
            self.gates.setdefault(key, asyncio.Event()).set()

    def ask(self, queue: RenderQueue, key: str, *, urgent: bool = False) -> asyncio.Task[Path]:
        return asyncio.create_task(queue.render(key, self.work(key), urgent=urgent))


@pytest.fixture
def workshop() -> Workshop:
    return Workshop()


async def turn() -> None:
    """Let everything run that can."""
    for _ in range(10):
        await asyncio.sleep(0)


async def test_no_more_than_the_workers_are_busy(workshop: Workshop) -> None:
    queue = RenderQueue(workers=2)
    tasks = [workshop.ask(queue, key) for key in "abc"]
    await turn()
    assert workshop.begun == ["a", "b"]
    workshop.finish(*"abc")
    assert await asyncio.gather(*tasks) == [Path("a"), Path("b"), Path("c")]


async def test_the_same_asked_for_twice_is_done_once(workshop: Workshop) -> None:
    queue = RenderQueue(workers=2)
    tasks = [workshop.ask(queue, "a") for _ in range(2)]
    workshop.finish("a")
    assert await asyncio.gather(*tasks) == [Path("a"), Path("a")]
    assert workshop.begun == ["a"]


async def test_what_is_urgent_comes_first(workshop: Workshop) -> None:
    queue = RenderQueue(workers=1)
    tasks = [workshop.ask(queue, key) for key in "abc"]
    await turn()
    tasks.append(workshop.ask(queue, "live", urgent=True))
    await turn()
    workshop.finish("a", "b", "c", "live")
    await asyncio.gather(*tasks)
    assert workshop.begun == ["a", "live", "b", "c"]


async def test_what_becomes_urgent_while_it_waits_comes_first_too(workshop: Workshop) -> None:
    queue = RenderQueue(workers=1)
    tasks = [workshop.ask(queue, key) for key in "abc"]
    await turn()
    tasks.append(workshop.ask(queue, "c", urgent=True))
    await turn()
    workshop.finish(*"abc")
    await asyncio.gather(*tasks)
    assert workshop.begun == ["a", "c", "b"]


async def test_who_stops_waiting_does_not_stop_the_others(workshop: Workshop) -> None:
    queue = RenderQueue(workers=1)
    impatient, patient = workshop.ask(queue, "a"), workshop.ask(queue, "a")
    await turn()
    impatient.cancel()
    await turn()
    workshop.finish("a")
    assert await patient == Path("a")
    assert impatient.cancelled()


async def test_a_failure_reaches_everybody_and_the_next_try_is_a_new_one(workshop: Workshop) -> None:
    queue = RenderQueue(workers=1)

    async def fail() -> Path:
        raise SpeechError("out of breath")

    tasks = [asyncio.create_task(queue.render("a", fail, urgent=False)) for _ in range(2)]
    results = await asyncio.gather(*tasks, return_exceptions=True)
    assert [str(result) for result in results] == ["out of breath"] * 2
    workshop.finish("a")
    assert await workshop.ask(queue, "a") == Path("a")


async def test_closing_ends_what_runs_and_what_waits(workshop: Workshop) -> None:
    queue = RenderQueue(workers=1)
    tasks = [workshop.ask(queue, key) for key in "ab"]
    await turn()
    await queue.close()
    await asyncio.wait(tasks)
    assert all(task.cancelled() for task in tasks)
    assert workshop.begun == ["a"]
