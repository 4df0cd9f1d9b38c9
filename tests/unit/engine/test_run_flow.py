"""A flow is led to its end whatever it asks for."""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from structlog.testing import capture_logs

from ivr.calls.call_report import CallReport
from ivr.engine.ports import Transaction
from ivr.engine.run_flow import Party, Talk, run_flow
from ivr.engine.world import World
from ivr.flows.events import FlowEvent, HungUp, SpeechEnded
from ivr.flows.session import Session
from ivr.prompts.segment import Segment
from tests.contract.samples import NOW, add_placing_attempt, new_call
from tests.unit.flows.rehearsal import MARIA, flow_of, for_anyone


class PatientCall:
    """Somebody who listens to everything and presses nothing."""

    is_answered = True

    def __init__(self, call_id: str) -> None:
        self.call_id = call_id
        self.is_over = False
        self._heard: list[FlowEvent] = []

    async def wait_for_answer(self) -> datetime | None:
        return NOW

    async def play(self, say_id: int, files: Sequence[Path]) -> None:
        self._heard.append(SpeechEnded(say_id))

    async def stop_playing(self, say_id: int) -> None: ...

    async def transfer(self, effect_id: int, queue: str) -> None: ...

    async def hang_up(self) -> None:
        self.is_over = True

    async def next_event(self, within: float | None) -> FlowEvent:
        return self._heard.pop(0) if self._heard else HungUp()

    async def wait_for_end(self) -> CallReport:
        raise NotImplementedError


class SpeechWithoutSound:
    """Has a file for everything."""

    async def prepare(self, segments: Collection[Segment]) -> None: ...

    async def files(self, segments: Sequence[Segment]) -> Sequence[Path]:
        return [Path("sound.wav") for _ in segments]


def open_call(tx: Transaction) -> str:
    attempt, _ = add_placing_attempt(tx)
    tx.calls.open(new_call(attempt))
    return attempt.id


NODES = """
hours: {type: check_hours, hours: agents, open: open, closed: closed}
open: {type: hangup, prompt: open}
closed: {type: hangup, prompt: closed}
"""


async def test_what_nothing_can_carry_out_fails_loudly_and_the_call_goes_on(world: World) -> None:
    catalogue = for_anyone("open", "closed")
    session = Session(flow_of(NODES, catalogue), catalogue, MARIA, "en")
    call, talk = PatientCall(await world.store.write(open_call)), Talk()
    world = replace(world, speech=SpeechWithoutSound())
    with capture_logs() as logs:
        async with asyncio.timeout(10):
            await run_flow(world, call, session, Party("c1", "+12025550147", "payments"), talk, NOW)
    assert call.is_over
    assert [step.node for step in talk.steps if step.kind == "said"] == ["closed"]
    assert ("error", "check_hours") in [(line["log_level"], line.get("effect")) for line in logs]
