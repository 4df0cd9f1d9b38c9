"""Agents on telephones elsewhere are known by id and PIN, whatever number they show."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import pytest
from structlog.testing import capture_logs

from ivr.calls.call_result import CallResult
from ivr.engine.command_desk import command_desk
from ivr.engine.host import Host
from ivr.engine.lockout import LOCKED_FOR
from ivr.engine.pin_hash import hash_pin
from ivr.engine.ports.desk_agents import DeskAgent
from ivr.engine.ports.staffing import QueueState
from ivr.flows.effects import CommandDesk, DeskCommand
from ivr.flows.keyed import Keyed, Secret
from ivr.flows.on_the_line import OnTheLine
from ivr.flows.state import Phase, SessionState
from tests.unit.engine.conftest import Engine
from tests.unit.engine.scripted import ScriptedCall, report

NUMBER, PIN = "+12025550124", "271828"


@dataclass
class Queues:
    """Ring one agent, or can't be told."""

    told: list[tuple[str, str | None]] = field(default_factory=list)
    answer: bool | None = True

    async def look_at(self, queue: str) -> QueueState | None:
        raise NotImplementedError

    async def set_pause(self, agent: str, reason: str | None) -> bool | None:
        self.told.append((agent, reason))
        return self.answer


@pytest.fixture
def queues() -> Queues:
    return Queues()


@pytest.fixture
async def agent(engine: Engine) -> None:
    kept = DeskAgent("4711", NUMBER, await hash_pin(PIN))
    await engine.store.write(lambda tx: tx.desk_agents.put(kept, engine.clock()))


def keyed(agent: str, pin: str) -> SessionState:
    """Return a session's state after these keys, on a telephone that shows another number."""
    secrets = {"a": Secret("desk", agent), "p": Secret("desk", pin)}
    line = OnTheLine("+12025550199")
    return SessionState(
        "agent-desk", "f1", "pause", Phase.EFFECT, "en", keyed=Keyed(secrets=secrets), line=line
    )


async def says(
    engine: Engine, queues: Queues | None, command: DeskCommand, agent: str = "4711", pin: str = PIN
) -> str:
    """Let somebody key this on a telephone that shows the agent's number; return what came of it."""
    world = replace(engine.world, staffing=queues)
    call = ScriptedCall("c1", report("c1", engine.clock(), CallResult.ANSWERED))
    host = Host(world, engine.contents, call)
    return (await command_desk(host, CommandDesk(3, command, "a", "p"), keyed(agent, pin))).result


@pytest.mark.usefixtures("agent")
@pytest.mark.parametrize(
    ("command", "reason"),
    [
        (DeskCommand.LOG_IN, None),
        (DeskCommand.LOG_OUT, "logged out"),
        (DeskCommand.PAUSE, "by telephone"),
        (DeskCommand.RESUME, None),
    ],
)
async def test_who_knows_the_pin_is_heard(
    engine: Engine, queues: Queues, command: DeskCommand, reason: str | None
) -> None:
    assert await says(engine, queues, command) == "done"
    assert queues.told == [(NUMBER, reason)]


@pytest.mark.usefixtures("agent")
async def test_after_three_wrong_pins_nobody_is_this_agent_for_a_while(
    engine: Engine, queues: Queues
) -> None:
    with capture_logs() as logs:
        for _ in range(3):
            assert await says(engine, queues, DeskCommand.PAUSE, pin="000000") == "no_match"
        assert await says(engine, queues, DeskCommand.PAUSE) == "locked"
    assert queues.told == []
    assert not [line for line in logs if PIN in str(line) or "4711" in str(line)]
    engine.clock.advance(seconds=LOCKED_FOR.total_seconds() + 1)
    assert await says(engine, queues, DeskCommand.PAUSE) == "done"


@pytest.mark.usefixtures("agent")
async def test_an_id_of_nobody_locks_the_telephone_that_guesses_and_no_agent(
    engine: Engine, queues: Queues
) -> None:
    for _ in range(3):
        assert await says(engine, queues, DeskCommand.PAUSE, agent="9999") == "no_match"
    assert await says(engine, queues, DeskCommand.PAUSE, agent="9999") == "locked"
    assert await says(engine, queues, DeskCommand.PAUSE) == "done"


@pytest.mark.usefixtures("agent")
async def test_whom_no_queue_rings_is_told_and_a_switch_that_is_away_fails(
    engine: Engine, queues: Queues
) -> None:
    queues.answer = False
    assert await says(engine, queues, DeskCommand.LOG_IN) == "no_queue"
    queues.answer = None
    assert await says(engine, queues, DeskCommand.LOG_IN) == "failed"
    assert await says(engine, None, DeskCommand.LOG_IN) == "failed"
