"""What becomes of people who called us when the engine is killed, while they leave a message."""

from __future__ import annotations

import asyncio
import shutil
from pathlib import Path
from typing import Any

import pytest
import soundfile
import sqlalchemy as sa

from ivr.app.embedded_switch import engine_instance
from ivr.calls.call_result import CallResult
from ivr.carrier.person import Person
from ivr.carrier.script import Step
from ivr.carrier.sound_match import best_match
from ivr.store.database import create_reading_engine, parse_database_url
from ivr.store.tables.calls import calls
from tests.chaos.conftest import killed_at_the_end, until
from tests.chaos.engine_process import REPOSITORY
from tests.chaos.neighbourhood import number_of
from tests.chaos.world import ChaosWorld, chaos_world
from tests.spoken import spoken

pytestmark = [pytest.mark.asterisk, pytest.mark.timeout(240)]

HOTLINE = "+18005550100"
SETTINGS = f"""
[[inbound]]
number = "{HOTLINE}"
flow = "leave-word"
"""
FLOW = """
name: leave-word
direction: inbound
start: record
sorry: sorry-after-drop
goodbye: goodbye
nodes:
  record:
    type: record
    prompt: front-desk-greeting
    variable: word
    silence_seconds: 30
    response: problem_reported
    next: thanks
    failed: failed
  thanks: {type: hangup, prompt: agent-done}
  failed: {type: hangup, prompt: agent-none-free}
"""
MARIA = Person.model_validate({"number": number_of(0), "name": "Maria", "does": "busy", "records": True})
LOST, KEPT = "tt-weasels", "conf-onlyperson"
"""What she says before the engine dies, and after."""
LEAVES_WORD = tuple(
    Step.model_validate(step)
    for step in (
        {"once": "speech_stops", "say": [LOST]},
        {"once": "speech_stops", "say": [KEPT]},
        {"press": "#"},
    )
)
SORRY = "We are sorry for the interruption."


async def test_who_was_being_recorded_is_asked_again_and_kept(
    home: Path, installed: Path, tmp_path: Path
) -> None:
    async with chaos_world(home, installed, []) as world:
        world.config = _settings_with_a_flow(tmp_path)
        spool = engine_instance(world.settings).recording_folder
        first = world.start_engine()
        with killed_at_the_end(first):
            await asyncio.to_thread(first.logs_within, "this engine takes and places calls", 60)
            await world.town.call(MARIA, HOTLINE, then=LEAVES_WORD)
            await until(lambda: _bytes_in(spool) > 16_000, "a second of what she says")
            first.kill()
        second = world.start_engine()
        with killed_at_the_end(second):
            await world.town.ended_calls(MARIA.number)
            await until(lambda: _row_of(world).ended_at is not None, "the end of the call in the books")
        row, heard = _row_of(world), await world.town.heard(MARIA.number)
        assert (row.direction, row.call_result, row.flow) == ("inbound", CallResult.ANSWERED, "leave-word")
        assert second.log.moments("a call that came in goes on")
        assert _likeness(heard, spoken(home / "speech", SORRY)) > 0.6
        [word] = (home / "recordings").iterdir()
        assert word.stat().st_mode & 0o777 == 0o600
        assert _likeness(word, _sound(world, KEPT)) > 0.6
        assert _likeness(word, _sound(world, LOST)) < 0.4
        assert list(spool.iterdir()) == [], "nothing is left at the switch"


def _settings_with_a_flow(folder: Path) -> Path:
    """Return settings that lead callers to the flow, with all other content as shipped."""
    file, flows = folder / "config/ivr.toml", folder / "dialplans/flows"
    shutil.copytree(REPOSITORY / "dialplans/flows", flows)
    (flows / "leave-word.yaml").write_text(FLOW, "utf-8")
    file.parent.mkdir()
    file.write_text(SETTINGS, "utf-8")
    return file


def _bytes_in(folder: Path) -> int:
    return sum(file.stat().st_size for file in folder.iterdir())


def _row_of(world: ChaosWorld) -> Any:
    engine = create_reading_engine(parse_database_url(world.settings.store_url))
    try:
        with engine.connect() as connection:
            return connection.execute(sa.select(calls)).one()
    finally:
        engine.dispose()


def _sound(world: ChaosWorld, name: str) -> Path:
    return engine_instance(world.settings).installation.data_folder / f"sounds/en/{name}.wav"


def _likeness(heard: Path, sound: Path) -> float:
    samples, _ = soundfile.read(heard, dtype="float64")
    played, _ = soundfile.read(sound, dtype="float64")
    return best_match(samples, played)
