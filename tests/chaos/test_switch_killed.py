"""Engine and Asterisk die together: the switch's records have a gap, and nobody is redialled in doubt."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest

from ivr.app.embedded_switch import engine_instance
from ivr.attempts.attempt import AttemptState
from ivr.carrier.person import Person
from ivr.switch.instance import running_pid
from tests.chaos.conftest import customers, is_answered, killed_at_the_end, leads, until
from tests.chaos.evidence import AttemptSeen
from tests.chaos.ledger import Ledger
from tests.chaos.neighbourhood import number_of
from tests.chaos.world import chaos_world

pytestmark = [pytest.mark.asterisk, pytest.mark.timeout(240)]


async def test_who_was_rung_is_unknown_and_who_talked_is_recorded(home: Path, installed: Path) -> None:
    rings = {"number": number_of(0), "name": "Ben", "does": "never_answers"}
    opts_out = {"kind": "answers", "then": [{"press": "1", "wait": "1s"}, {"wait": "60s"}]}
    talks = {"number": number_of(1), "name": "Maria", "does": opts_out}
    people = [Person.model_validate(who) for who in (rings, talks)]
    async with chaos_world(home, installed, people) as world:
        ben, maria = await customers(world, 2)
        first = world.start_engine()
        with killed_at_the_end(first), world.ledger() as ledger:
            await until(lambda: is_answered(world, maria) and bool(world.town.calls(ben)), "both calls")
            await until(lambda: ledger.in_state(AttemptState.IN_PROGRESS) != frozenset(), "Maria's answer")
            first.kill()
        asterisk = running_pid(engine_instance(world.settings))
        assert asterisk is not None
        os.kill(asterisk, signal.SIGKILL)
        second = world.start_engine()
        with killed_at_the_end(second), world.ledger() as ledger:
            await leads(second)
            await until(lambda: not ledger.in_state(AttemptState.PLACING), "what became of Ben's call")
            await until(lambda: ledger.attempt_row(ben).state is AttemptState.UNKNOWN, "its doubt")

            await until(lambda: _first_talk(ledger, maria).state is AttemptState.CLOSED, "Maria's talk")

            assert len(world.town.calls(ben)) == 1
            assert not [a for a in ledger.attempts() if a.number == ben and a.state is AttemptState.READY]


def _first_talk(ledger: Ledger, number: str) -> AttemptSeen:
    """Return the first attempt to reach this number."""
    mine = [attempt for attempt in ledger.attempts() if attempt.number == number]
    return min(mine, key=lambda attempt: attempt.attempt_no)
