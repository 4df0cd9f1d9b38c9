"""One run: attempts go out on real Asterisk while the engine is killed again and again."""

from __future__ import annotations

import asyncio
import random
import signal
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from ivr.attempts.attempt import AttemptState
from ivr.clock import utc_now
from tests.chaos.engine_process import LEADS, EngineProcess
from tests.chaos.evidence import Evidence, Kill
from tests.chaos.kill_moments import moment_of, wait_for_moment
from tests.chaos.ledger import Ledger
from tests.chaos.neighbourhood import customer, number_of, person
from tests.chaos.world import ChaosWorld, chaos_world

_END_SECONDS = 300.0
"""After the last kill: how long what is left may take."""
_STOP_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be done."""

    attempts: int
    """Customers, each with one matter: so many attempts at least."""
    kills: int
    seed: int
    calls_per_second: float = 8


@dataclass(frozen=True, slots=True)
class Restart:
    """What an engine that came after a killed one did first."""

    leads_after: float | None
    """Seconds from its start until it led; None when it was killed before."""
    picked_up_after: tuple[float, ...]
    """Seconds from its start until it went on with each call that was up."""


@dataclass(frozen=True, slots=True)
class Run:
    """What came of it."""

    evidence: Evidence
    restarts: Sequence[Restart]
    seconds: float


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run has come."""

    kills: int
    attempts: int
    ended: int


Watch = Callable[[Progress], None]


async def run_chaos(plan: Plan, home: Path, installed: Path, watch: Watch) -> Run:
    """Carry out a plan in the empty folder `home`; AssertionError when an engine ends by itself."""
    began = time.monotonic()
    people = [person(index) for index in range(plan.attempts)]
    async with chaos_world(home, installed, people, calls_per_second=plan.calls_per_second) as world:
        today = utc_now().date()
        await world.takes_in([customer(index, today) for index in range(plan.attempts)])
        with world.ledger() as ledger:
            kills, engines = await asyncio.to_thread(_kill_engines, plan, world, ledger, watch)
            evidence = await _evidence(plan, world, ledger, kills)
    return Run(evidence, [_restart(engine) for engine in engines[1:]], time.monotonic() - began)


def _kill_engines(
    plan: Plan, world: ChaosWorld, ledger: Ledger, watch: Watch
) -> tuple[list[Kill], list[EngineProcess]]:
    chance = random.Random(plan.seed)
    kills: list[Kill] = []
    engines = [world.start_engine()]
    try:
        while len(kills) < plan.kills:
            moment = wait_for_moment(engines[-1], ledger, moment_of(len(kills)), chance)
            assert engines[-1].is_alive, f"the engine ended by itself: {engines[-1].last_words()}"
            engines[-1].kill()
            kills.append(Kill(moment, ledger.in_state(AttemptState.PLACING)))
            watch(Progress(len(kills), *ledger.counts()))
            engines.append(world.start_engine())
        _let_it_finish(engines[-1], ledger, lambda: watch(Progress(len(kills), *ledger.counts())))
    finally:
        if engines[-1].is_alive:
            engines[-1].kill()
    return kills, engines


def _let_it_finish(engine: EngineProcess, ledger: Ledger, watch: Callable[[], None]) -> None:
    """Wait until no matter is open, or time is up: what is left then is the judge's."""
    engine.leads_within(_END_SECONDS)
    deadline = time.monotonic() + _END_SECONDS
    while ledger.unfinished() and time.monotonic() < deadline:
        assert engine.is_alive, f"the engine ended by itself: {engine.last_words()}"
        watch()
        time.sleep(0.5)
    engine.is_told(signal.SIGTERM)
    assert engine.ends_within(_STOP_SECONDS) == 0, engine.last_words()


async def _evidence(plan: Plan, world: ChaosWorld, ledger: Ledger, kills: Sequence[Kill]) -> Evidence:
    attempts = ledger.attempts()
    return Evidence(
        numbers=frozenset(number_of(index) for index in range(plan.attempts)),
        invites=world.invites(),
        alerts=ledger.alerts(),
        attempts=attempts,
        charges=await world.charges(attempts),
        kills=kills,
    )


def _restart(engine: EngineProcess) -> Restart:
    def seconds(moment: datetime) -> float:
        return (moment - engine.started_at) / timedelta(seconds=1)

    leads = engine.log.moments(LEADS)
    picked_up = engine.log.moments("reconciled", fate="lives")
    return Restart(seconds(leads[0]) if leads else None, tuple(seconds(moment) for moment in picked_up))
