"""The moments at which an engine is killed: at random, and aimed at the steps where a crash could hurt."""

from __future__ import annotations

import random
import time

from tests.chaos.engine_process import EngineProcess
from tests.chaos.ledger import Ledger

AT_RANDOM = "random"
STARTING = "starting"
"""While it comes up, and maybe settles what the last one left."""
MOMENTS = (AT_RANDOM, "placing", "answered", STARTING, "paying", "placing", "recorded", AT_RANDOM)
"""Dealt out in turn; the four that have a name in `Ledger.progress` come right after such a commit."""

_START_SECONDS = 60.0
_LEAD_SECONDS = (0.5, 5.0)
"""How long an engine leads before it is aimed at, at least and at most."""
_PATIENCE = 8.0
"""Seconds to wait for a step to be committed; then the kill is at random after all."""
_MOST_DELAY = 0.004
"""Seconds by which an aimed kill may come later, so that it falls on both sides of the next step."""


def moment_of(kill: int) -> str:
    """Return what the kill of this number, from 0, is aimed at."""
    return MOMENTS[kill % len(MOMENTS)]


def wait_for_moment(engine: EngineProcess, ledger: Ledger, moment: str, chance: random.Random) -> str:
    """Return when the engine is to be killed, with the moment that it has become."""
    if moment == STARTING:
        time.sleep(chance.uniform(0.5, 6.0))
        return moment
    engine.leads_within(_START_SECONDS)
    time.sleep(chance.uniform(*_LEAD_SECONDS))
    if moment == AT_RANDOM:
        return moment
    before, deadline = ledger.progress(moment), time.monotonic() + _PATIENCE
    while ledger.progress(moment) == before:
        if time.monotonic() > deadline:
            return AT_RANDOM
        time.sleep(0.0002)
    time.sleep(chance.uniform(0, _MOST_DELAY))
    return moment
