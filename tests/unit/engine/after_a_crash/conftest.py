"""A world for the use cases: a real store and a real sandbox gateway, stand-ins for what tests decide."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator, Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import cast
from unittest.mock import AsyncMock, Mock
from zoneinfo import ZoneInfo

import pytest

from ivr.attempts.attempt import Attempt
from ivr.engine.content import Company, Contents
from ivr.engine.ports import Transaction
from ivr.engine.telephony import LiveCall, Telephony
from ivr.engine.world import Evidence, Owner, Speech, Studio, Webhooks, World
from ivr.gateways.sandbox import SandboxGateway
from ivr.phone_number import PhoneNumber
from ivr.sources.content_folder import ContentFolders, load_content
from ivr.speech.recording import seconds_said
from ivr.store.sql_store import open_store
from ivr.telephony.recordings import SpoolRecordings
from tests.contract.samples import NOW, add_placing_attempt, new_call

REPOSITORY = Path(__file__).parents[4]
NOTHING_KNOWN = Evidence(None, was_dialled=False, report=None)
NEVER_DIALLED = Evidence(NOW - timedelta(hours=1), was_dialled=False, report=None)
BEGUN = Evidence(NOW - timedelta(hours=1), was_dialled=True, report=None)


@dataclass
class Switch:
    """What the switch shows: its records, and the calls that are found at each further look."""

    evidence_by_call: dict[str, Evidence] = field(default_factory=dict)
    appearing: list[list[LiveCall]] = field(default_factory=list)
    looks: int = 0

    async def evidence(self, call_ids: Collection[str], since: datetime) -> Mapping[str, Evidence]:
        self.looks += 1
        return {call_id: self.evidence_by_call.get(call_id, NOTHING_KNOWN) for call_id in call_ids}

    async def adopt_live_calls(self) -> list[LiveCall]:
        return self.appearing.pop(0) if self.appearing else []


@pytest.fixture
def switch() -> Switch:
    return Switch()


@pytest.fixture
async def world(tmp_path: Path, switch: Switch, empty_database: Path) -> AsyncIterator[World]:
    shutil.copy(empty_database, tmp_path / "store.db")
    async with open_store(f"sqlite:///{tmp_path / 'store.db'}") as store:
        yield World(
            store=store,
            telephony=cast("Telephony", switch),
            speech=cast("Speech", Mock()),
            recordings=SpoolRecordings(tmp_path / "spool", tmp_path / "recordings", seconds_said),
            studio=cast("Studio", Mock()),
            gateway=SandboxGateway(tmp_path / "provider.db"),
            records=switch,
            webhooks=cast("Webhooks", Mock()),
            clock=lambda: NOW + timedelta(seconds=10),
            owner=Owner("engine", 1),
        )


@pytest.fixture(scope="session")
def contents() -> Contents:
    folders = ContentFolders(
        flows=REPOSITORY / "dialplans/flows",
        prompts=REPOSITORY / "prompts",
        rules=REPOSITORY / "tests/chaos/content",
        compliance=REPOSITORY / "config/compliance",
    )
    company = Company("Sample Bank", PhoneNumber("+12025550100"))
    return Contents(load_content(folders, company, ZoneInfo("UTC")))


async def placing_attempt(world: World, number: int = 1) -> Attempt:
    """Bring an attempt with its call to `placing`."""

    def work(tx: Transaction) -> Attempt:
        attempt, epoch = add_placing_attempt(tx, number)
        assert epoch == world.owner.epoch
        tx.calls.open(replace(new_call(attempt), flow="payment-overdue"))
        return attempt

    return await world.store.write(work)


def live_call(call_id: str) -> LiveCall:
    """A call that is up and that nobody has answered."""
    call = Mock(call_id=call_id, hang_up=AsyncMock())
    return cast("LiveCall", call)
