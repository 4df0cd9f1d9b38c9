"""A customer is connected with a number outside when the engine is killed: one leg, one end, no silence."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import soundfile

from ivr.carrier.person import Person
from ivr.carrier.sound_match import SAME, likeness
from tests.chaos.conftest import customers, is_answered, killed_at_the_end, leads, until
from tests.chaos.engine_process import REPOSITORY, EngineProcess
from tests.chaos.neighbourhood import number_of
from tests.chaos.world import ChaosWorld, chaos_world
from tests.spoken import spoken

pytestmark = [pytest.mark.asterisk, pytest.mark.timeout(300)]

BRANCH, THANKS = number_of(999), "Thank you for talking."
FLOW = f"""
name: payment-overdue
languages: [en]
start: menu
sorry: sorry-after-drop
goodbye: goodbye
nodes:
  menu: {{type: menu, prompt: o-menu, keys: {{1: branch}}, no_input: {{to: bye}}}}
  branch:
    {{type: transfer, prompt: o-wait, number: "{BRANCH}", done: thanks, no_agent: nobody, failed: nobody}}
  thanks: {{type: hangup, prompt: o-thanks}}
  nobody: {{type: hangup, prompt: o-nobody}}
  bye: {{type: hangup, prompt: goodbye}}
"""
PROMPTS = """
prompts:
  o-menu: {text: "For the branch, press 1."}
  o-wait: {text: "One moment."}
  o-thanks: {text: "THANKS"}
  o-nobody: {text: "Nobody is there."}
"""
STEPS = [{"press": "1", "wait": "2s"}]
MARIA = {
    "number": number_of(0),
    "name": "Maria",
    "records": True,
    "does": {"kind": "answers", "then": STEPS},
}
"""Chooses the branch, and stays on the line until it is ended."""


def branch_that(picks_up_after: str = "1s", talks_for: str = "3s") -> Person:
    """Return who is at the number outside."""
    script = [{"wait": talks_for, "hang_up": True}]
    does = {"kind": "answers", "after": picks_up_after, "then": script}
    return Person.model_validate({"number": BRANCH, "name": "Branch", "does": does})


def leading_outside(folder: Path) -> dict[str, str]:
    """Write content whose only flow leads to the branch; return the settings that lead to it."""
    flows, prompts = folder / "flows", folder / "prompts"
    flows.mkdir(parents=True)
    (flows / "payment-overdue.yaml").write_text(FLOW, "utf-8")
    shutil.copytree(REPOSITORY / "prompts", prompts)
    (prompts / "en/o.yaml").write_text(PROMPTS.replace("THANKS", THANKS), "utf-8")
    return {"IVR_CONTENT__FLOWS": str(flows), "IVR_CONTENT__PROMPTS": str(prompts)}


@dataclass(frozen=True)
class Ended:
    """How it all came out."""

    call: Any
    attempt: Any
    legs: int
    calls: int
    heard: Path


async def goes_on(world: ChaosWorld, content: Mapping[str, str]) -> Ended:
    """Let the next engine come, and return how it all came out."""
    second = world.start_engine(20, **content)
    with killed_at_the_end(second), world.ledger() as ledger:
        await leads(second)
        await until(lambda: not ledger.unfinished(), "the end of the matter", 150)
        return Ended(
            call=ledger.call_row(number_of(0)),
            attempt=ledger.attempt_row(number_of(0)),
            legs=len(world.town.calls(BRANCH)),
            calls=len(world.town.calls(number_of(0))),
            heard=await world.town.heard(number_of(0)),
        )


def is_thanked(ended: Ended, speech: Path) -> bool:
    """Whether she hears what the flow says after the talk."""
    heard, rate = soundfile.read(ended.heard, dtype="float64")
    said, _ = soundfile.read(spoken(speech, THANKS), dtype="float64")
    return likeness(heard, said, rate) >= SAME


async def dies(engine: EngineProcess) -> None:
    """Return once the engine has been killed at its point."""
    await asyncio.to_thread(engine.dies_within, 120)


async def dies_in_the_talk(world: ChaosWorld, engine: EngineProcess) -> None:
    """Kill the engine once the branch has picked up and that is written down."""
    with world.ledger() as ledger:
        await until(lambda: is_answered(world, BRANCH), "the branch", 120)
        await until(lambda: ledger.call_row(number_of(0)).taken_by == BRANCH, "who took the call", 20)
    engine.kill()


SHORT = branch_that(talks_for="3s")
LONG = branch_that(talks_for="25s")
RINGS_LONG = branch_that(picks_up_after="25s", talks_for="8s")
ANSWERS_MEANWHILE = branch_that(picks_up_after="3s", talks_for="25s")
"""Picks up while no engine lives."""


@pytest.mark.parametrize(
    ("point", "branch"),
    [
        pytest.param("before-dialling", SHORT, marks=pytest.mark.full),
        pytest.param("ringing", RINGS_LONG, marks=pytest.mark.full),
        pytest.param("ringing", ANSWERS_MEANWHILE, id="answered-meanwhile", marks=pytest.mark.full),
        pytest.param("talking", LONG, marks=pytest.mark.full),
        pytest.param("back", SHORT),
    ],
)
async def test_they_talk_once_and_she_is_thanked(
    home: Path, installed: Path, tmp_path: Path, point: str, branch: Person
) -> None:
    content = leading_outside(tmp_path / "content")
    async with chaos_world(home, installed, [Person.model_validate(MARIA), branch]) as world:
        await customers(world, 1)
        if point == "talking":
            first = world.start_engine(20, **content)
            with killed_at_the_end(first):
                await dies_in_the_talk(world, first)
        else:
            first = world.start_engine_that_dies(point, **content)
            with killed_at_the_end(first):
                await dies(first)
        if branch is ANSWERS_MEANWHILE:
            await until(lambda: is_answered(world, BRANCH), "the branch", 60)
        ended = await goes_on(world, content)
        assert (ended.calls, ended.legs) == (1, 1)
        assert ended.call.taken_by == BRANCH
        assert ended.attempt.disposition == "agent_handled"
        assert is_thanked(ended, world.home / "speech"), "she is not left in silence"


@pytest.mark.full
async def test_who_hangs_up_while_no_engine_lives_was_served(
    home: Path, installed: Path, tmp_path: Path
) -> None:
    content = leading_outside(tmp_path / "content")
    maria = {**MARIA, "does": {"kind": "answers", "then": [*STEPS, {"wait": "9s", "hang_up": True}]}}
    async with chaos_world(home, installed, [Person.model_validate(maria), LONG]) as world:
        await customers(world, 1)
        first = world.start_engine(20, **content)
        with killed_at_the_end(first):
            await dies_in_the_talk(world, first)
        await world.town.ended_calls(number_of(0))
        ended = await goes_on(world, content)
        assert (ended.calls, ended.legs) == (1, 1)
        assert ended.call.taken_by == BRANCH
        assert ended.attempt.disposition == "agent_handled"


@pytest.mark.full
async def test_who_comes_back_while_no_engine_lives_is_told_so_and_was_served(
    home: Path, installed: Path, tmp_path: Path
) -> None:
    content = leading_outside(tmp_path / "content")
    async with chaos_world(home, installed, [Person.model_validate(MARIA), SHORT]) as world:
        await customers(world, 1)
        first = world.start_engine(20, **content)
        with killed_at_the_end(first):
            await dies_in_the_talk(world, first)
        [call] = await world.town.ended_calls(number_of(0))
        assert call.ended_by == "far_end", "she is told to call later"
        ended = await goes_on(world, content)
        assert (ended.calls, ended.legs) == (1, 1)
        assert ended.attempt.disposition == "agent_handled"
