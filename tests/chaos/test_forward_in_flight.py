"""An alert is passed on once, although the engine dies between that and the call to the other person."""

from __future__ import annotations

import asyncio
import shutil
from pathlib import Path

import pytest

from ivr.carrier.person import Person
from tests.chaos.conftest import customers, killed_at_the_end, leads, until
from tests.chaos.dying_engine import AFTER_FORWARD
from tests.chaos.engine_process import REPOSITORY
from tests.chaos.neighbourhood import number_of
from tests.chaos.world import CONTENT, chaos_world

pytestmark = [pytest.mark.asterisk, pytest.mark.timeout(300), pytest.mark.full]

BEN = number_of(1)
PASSES_ON = {
    "number": number_of(0),
    "name": "Maria",
    "does": {
        "kind": "answers",
        "then": [
            {"press": "1", "wait": "2s"},
            {"press": "5", "wait": "2s"},
            {"press": "6", "wait": "2s"},
            {"press": "2", "wait": "2s"},
            {"press": f"{BEN.removeprefix('+1')}#", "wait": "2s"},
            {"press": "1", "wait": "3s"},
        ],
    },
}
LISTENS = {
    "number": BEN,
    "name": "Ben",
    "does": {"kind": "answers", "then": [{"press": "1", "wait": "2s"}, {"wait": "6s", "hang_up": True}]},
}
AT_THE_MENU = "  pass-on: {type: enter_flow, flow: forward, next: goodbye}\n\n  disputed:\n"
TERMS = "retry: chaos\nforward: {flow: forwarded, retry: chaos}\n"


def passing_on(folder: Path) -> dict[str, str]:
    """Write content with alerts that are passed on by call; return the settings that lead to it."""
    flows, rules = folder / "flows", folder / "rules"
    shutil.copytree(REPOSITORY / "dialplans/flows", flows)
    shutil.copytree(CONTENT, rules)
    _edit(flows / "payment-overdue.yaml", "us-general", "agreed-contacts")
    _edit(flows / "payment-overdue.yaml", "2: stop-contact\n", "2: stop-contact\n      6: pass-on\n")
    _edit(flows / "payment-overdue.yaml", "  disputed:\n", AT_THE_MENU)
    _edit(rules / "payment-overdue.yaml", "retry: chaos\n", TERMS)
    return {"IVR_CONTENT__FLOWS": str(flows), "IVR_CONTENT__RULES": str(rules)}


def _edit(file: Path, old: str, new: str) -> None:
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new), "utf-8")


async def test_the_other_person_is_called_once(home: Path, installed: Path, tmp_path: Path) -> None:
    content = passing_on(tmp_path / "content")
    people = [Person.model_validate(each) for each in (PASSES_ON, LISTENS)]
    async with chaos_world(home, installed, people) as world:
        [maria] = await customers(world, 1)
        first = world.start_engine_that_dies(AFTER_FORWARD, **content)
        with killed_at_the_end(first):
            await asyncio.to_thread(first.dies_within, 120)
        assert world.town.calls(BEN) == (), "it died before anybody else was called"
        second = world.start_engine(20, **content)
        with killed_at_the_end(second), world.ledger() as ledger:
            await leads(second)
            await until(lambda: bool(world.town.calls(BEN)), "the call that was passed on", 120)
            await until(lambda: not ledger.unfinished(), "the end of the matter", 120)
        numbers = [invite.number for invite in world.invites()]
    assert numbers.count(BEN) == 1
    assert numbers.count(maria) == 1
