"""A stay at the vault during which the engine is killed ends in one payment, at whatever point that is."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from aiohttp import web

from ivr.carrier.log_entry import What
from ivr.carrier.person import Person
from ivr.clock import utc_now
from tests.chaos.conftest import killed_at_the_end, leads, until
from tests.chaos.dying_engine import VAULT_POINTS
from tests.chaos.neighbourhood import customer, number_of
from tests.chaos.world import ChaosWorld, chaos_world
from tests.http_server import answering

pytestmark = [pytest.mark.asterisk, pytest.mark.full, pytest.mark.timeout(300)]

VAULT = number_of(999)
DURING = "at-the-vault"
AGAIN = {"press": "1", "wait": "6s"}
"""Says yes to whatever is asked; at the vault it is a card of one digit."""
PAYS = {
    "number": number_of(0),
    "name": "Maria",
    "does": {
        "kind": "answers",
        "then": [{"press": "1", "wait": "1s"}, {"press": "7", "wait": "2s"}, *([AGAIN] * 16)],
    },
}
TAKES_CARDS = {"number": VAULT, "name": "Vault", "does": {"kind": "vault", "silence": "3s"}}


@dataclass
class Desk:
    """Says what the vault took: a card for every reference that reached it, nothing for others."""

    world: ChaosWorld | None = None
    asked: int = 0

    async def serve(self, request: web.Request) -> web.Response:
        reference = json.loads(await request.text())["reference"]
        self.asked += 1
        assert self.world is not None
        calls = (entry for entry in self.world.log.entries() if entry.number == VAULT)
        reached = {entry.details.get("attempt_id") for entry in calls if entry.what is What.INVITED}
        taken = {"result": "taken", "token": "tok_ok", "ending": "44"}
        return web.json_response(
            {"reference": reference, **(taken if reference in reached else {"result": "none"})}
        )


@pytest.fixture
def desk() -> Desk:
    return Desk()


@pytest.fixture
async def address(desk: Desk) -> AsyncIterator[str]:
    async with answering(desk.serve) as server:
        yield f"{server}/came-of"


def write_settings(folder: Path, address: str) -> Path:
    """Write settings with a vault down, and return the file."""
    key = folder / "vault.key"
    key.write_text("k" * 40, "utf-8")
    key.chmod(0o600)
    file = folder / "config" / "ivr.toml"
    file.parent.mkdir(exist_ok=True)
    file.write_text(
        f"""
[company]
name = "Sample Bank"
phone = "+12025550100"

[vault]
number = "{VAULT}"
trunk = "carrier"
webhook = "vault"
longest_seconds = 60

[[webhooks]]
name = "vault"
url = "{address}"
key_file = "{key}"
""",
        "utf-8",
    )
    return file


async def takes_in_maria(world: ChaosWorld) -> None:
    """Take in a customer without a saved card."""
    await world.takes_in([replace(customer(0, utc_now().date()), payment_methods=[])])


@pytest.mark.parametrize("point", [*VAULT_POINTS, DURING])
async def test_it_is_charged_once(home: Path, installed: Path, desk: Desk, address: str, point: str) -> None:
    people = [Person.model_validate(each) for each in (PAYS, TAKES_CARDS)]
    async with chaos_world(home, installed, people) as world:
        desk.world = world
        world.config = write_settings(home, address)
        await takes_in_maria(world)
        first = world.start_engine() if point == DURING else world.start_engine_that_dies(point)
        with killed_at_the_end(first):
            if point == DURING:
                await until(lambda: bool(world.town.calls(VAULT)), "the vault's telephone", 90)
                first.kill()
            else:
                await asyncio.to_thread(first.dies_within, 120)
        second = world.start_engine()
        with killed_at_the_end(second), world.ledger() as ledger:
            await leads(second)
            await until(lambda: not ledger.unfinished(), "the end of the matter", 150)
            assert len(await world.charges(ledger.attempts())) == 1
            assert ledger.attempt_row(number_of(0)).disposition == "payment"
        # Who comes back from the vault before an engine is there again is told so, and called once more.
        most = 2 if point == DURING else 1
        assert len(world.town.calls(number_of(0))) <= most, "the customer stayed on the line"
        assert desk.asked > 0
