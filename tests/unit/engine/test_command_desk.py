"""Agents on telephones elsewhere are known by id and PIN, whatever number they show."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import pytest
from structlog.testing import capture_logs

from ivr.calls.call_result import CallResult
from ivr.engine.command_desk import command_desk
from ivr.engine.host import Host
from ivr.engine.lockout import LOCKED_FOR, MOST_IN_AN_HOUR
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


ELSEWHERE = "+12025550199"


def keyed(agent: str, pin: str, shown: str | None) -> SessionState:
    """Return a session's state after these keys, on a telephone that shows this number."""
    secrets = {"a": Secret("desk", agent), "p": Secret("desk", pin)}
    line = OnTheLine(shown)
    return SessionState(
        "agent-desk", "f1", "pause", Phase.EFFECT, "en", keyed=Keyed(secrets=secrets), line=line
    )


async def says(
    engine: Engine,
    queues: Queues | None,
    command: DeskCommand,
    agent: str = "4711",
    pin: str = PIN,
    shown: str | None = ELSEWHERE,
) -> str:
    """Let somebody key this on a telephone that shows another number than the agent's; return what came."""
    world = replace(engine.world, staffing=queues)
    call = ScriptedCall("c1", report("c1", engine.clock(), CallResult.ANSWERED))
    host = Host(world, engine.contents, call)
    return (await command_desk(host, CommandDesk(3, command, "a", "p"), keyed(agent, pin, shown))).result


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
async def test_after_three_wrong_pins_nobody_is_this_agent_there_for_a_while(
    engine: Engine, queues: Queues
) -> None:
    with capture_logs() as logs:
        tries = [await says(engine, queues, DeskCommand.PAUSE, pin="000000") for _ in range(3)]
        assert tries == ["no_match", "no_match", "locked"]
        assert await says(engine, queues, DeskCommand.PAUSE) == "locked"
    assert queues.told == []
    assert not [line for line in logs if PIN in str(line) or "4711" in str(line)]
    engine.clock.advance(seconds=LOCKED_FOR.total_seconds() + 1)
    assert await says(engine, queues, DeskCommand.PAUSE) == "done"


@pytest.mark.usefixtures("agent")
@pytest.mark.parametrize("guessing", ["+12025550188", None])
async def test_who_guesses_keeps_no_agent_from_logging_in(
    engine: Engine, queues: Queues, guessing: str | None
) -> None:
    for _ in range(6):
        for _ in range(4):
            await says(engine, queues, DeskCommand.LOG_OUT, pin="000000", shown=guessing)
        assert await says(engine, queues, DeskCommand.LOG_OUT, shown=guessing) == "locked"
        assert await says(engine, queues, DeskCommand.LOG_IN, shown=NUMBER) == "done"
        engine.clock.advance(seconds=LOCKED_FOR.total_seconds() + 1)


@pytest.mark.usefixtures("agent")
async def test_guesses_that_show_ever_other_numbers_lock_the_agent_for_the_hour(
    engine: Engine, queues: Queues
) -> None:
    tries = [
        await says(engine, queues, DeskCommand.PAUSE, pin="000000", shown=f"+120255501{n:02}")
        for n in range(MOST_IN_AN_HOUR)
    ]
    assert tries == ["no_match"] * (MOST_IN_AN_HOUR - 1) + ["locked"]
    assert await says(engine, queues, DeskCommand.PAUSE) == "locked"
    engine.clock.advance(hours=1)
    assert await says(engine, queues, DeskCommand.PAUSE) == "done"


@pytest.mark.usefixtures("agent")
async def test_an_id_of_nobody_fares_as_one_of_an_agent(engine: Engine, queues: Queues) -> None:
    shown = ["+12025550188"] * 4 + [f"+120255501{n:02}" for n in range(MOST_IN_AN_HOUR)]
    fates = [
        [await says(engine, queues, DeskCommand.PAUSE, agent, "000000", number) for number in shown]
        for agent in ("4711", "9999")
    ]
    assert fates[0] == fates[1]
    assert "locked" in fates[0]


@pytest.mark.usefixtures("agent")
async def test_whom_no_queue_rings_is_told_and_a_switch_that_is_away_fails(
    engine: Engine, queues: Queues
) -> None:
    queues.answer = False
    assert await says(engine, queues, DeskCommand.LOG_IN) == "no_queue"
    queues.answer = None
    assert await says(engine, queues, DeskCommand.LOG_IN) == "failed"
    assert await says(engine, None, DeskCommand.LOG_IN) == "failed"
