"""The sweep finds what lost its end, and leaves alone what goes on."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from ivr.app.jobs import SWEEP_SECONDS, add_jobs
from ivr.calls.call_result import CallResult
from ivr.clock import utc_now
from ivr.engine import receive_call
from ivr.engine.dispatch_attempts import Dispatcher
from ivr.engine.way_out import WayOut
from ivr.schedule import Schedule
from tests.unit.engine.conftest import LINE, Engine
from tests.unit.engine.scripted import HEARD, ScriptedCall, keys, report
from tests.unit.engine.toll_free import PROVED, calls_in, opened, owes, the_alerts

PROMISES = (*PROVED, HEARD, HEARD, HEARD, *keys("2"), HEARD, *keys("1"), HEARD)


class Jobs(Schedule):
    """Runs a job when it is told to."""

    def __init__(self) -> None:
        self.jobs: dict[str, Any] = {}

    def every(self, seconds: float, name: str, job: Any) -> None:
        self.jobs[name] = (seconds, job)

    def cron(self, *_: object) -> None: ...

    def remove(self, prefix: str) -> None: ...


async def swept(engine: Engine) -> Dispatcher:
    dispatcher = Dispatcher(engine.world, engine.contents, WayOut(LINE, utc_now))
    jobs = Jobs()
    add_jobs(jobs, engine.world, engine.contents, dispatcher)
    seconds, sweep = jobs.jobs["sweep"]
    assert seconds == SWEEP_SECONDS
    now: datetime = engine.clock()
    await sweep([now])
    return dispatcher


async def test_a_call_whose_end_could_not_be_written_once_does_not_keep_its_matter_for_ever(
    engine: Engine,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    await owes(engine)

    def fails(*_: object) -> None:
        raise OSError("the disk is full")

    with monkeypatch.context() as broken:
        broken.setattr(receive_call, "record_received_call", fails)
        with pytest.raises(OSError, match="full"):
            await calls_in(engine, *PROMISES)
    assert len(await the_alerts(engine)) == 1
    await swept(engine)
    assert len(await unended(engine)) == 1, "it may be written any moment"
    engine.clock.advance(seconds=61)
    await swept(engine)
    assert (await unended(engine), await the_alerts(engine)) == ([], [])


async def test_a_call_that_is_up_and_that_nobody_follows_goes_on(engine: Engine) -> None:
    await opened(engine)
    engine.clock.advance(seconds=61)
    up = ScriptedCall("call-1", report("call-1", engine.clock(), CallResult.ANSWERED), [HEARD])
    engine.telephony.live = [up]
    dispatcher = await swept(engine)
    assert dispatcher.follows("call-1")
    await dispatcher.stop(grace=5)
    assert up.said
    assert await unended(engine) == []


async def unended(engine: Engine) -> list[Any]:
    return list(await engine.store.read(lambda tx: tx.calls.unended_inbound()))
