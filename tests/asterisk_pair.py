"""A pair of real Asterisks, the engine's and the telephone network's, shared by all workers of a test run.

Each worker has a place of its own on them: application names that nobody else uses and an area code whose
numbers ring at its own people. The pair lives in IVR_HOME (`.ivr` in the repository by default), is started
by the first worker that needs it and stopped by the last one; one that a killed run left behind is started
afresh.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from ivr.ari.client import AriClient
from ivr.carrier.prompt_listener import PromptListener
from ivr.carrier.town import Town
from ivr.carrier.town_log import TownLog
from ivr.switch import process
from ivr.switch.agent_queue import AgentQueue
from ivr.switch.configuration import (
    INBOUND_APP,
    CarrierRole,
    EngineRole,
    carrier_trunk,
    render_configuration,
)
from ivr.switch.connection import SwitchConnection
from ivr.switch.file_lock import locked
from ivr.switch.install import install_asterisk
from ivr.switch.instance import Instance, open_instance
from ivr.switch.layout import SwitchLayout

REPOSITORY = Path(__file__).parent.parent
QUEUE = "agents"
"""A queue of the engine's, without agents: see `agent_queue`."""
STAFFED, DESERTED = "staffed", "deserted"
"""Queues of the golden transcripts' alone: for one somebody is there (`tests/acceptance/test_golden.py`)."""
TELLING = "telling"
"""A queue that tells callers their place, with `agent_queue`'s lock."""
STUDIO_CODE = "*77"
"""The only short code that the engine's Asterisk lets through."""
AREA_CODES = (
    "201",
    "202",
    "203",
    "207",
    "212",
    "215",
    "216",
    "240",
    "267",
    "301",
    "302",
    "305",
    "321",
    "336",
    "339",
)
"""One for each worker, all in the Eastern time zone."""


@dataclass(frozen=True, slots=True)
class AsteriskPair:
    """Both Asterisks, running."""

    engine: Instance
    """Has a trunk named `carrier`."""
    carrier: Instance
    """Has an endpoint named `engine`."""


@dataclass(frozen=True, slots=True)
class Place:
    """One worker's part of the pair."""

    people_app: str
    engine_app: str
    listener_app: str
    area_code: str

    def number(self, line: int) -> str:
        """Return one of the place's 100 telephone numbers, 0 to 99 (555-01xx is for fiction)."""
        return f"+1{self.area_code}55501{line:02}"


def place_of(worker: int) -> Place:
    """Return the place of a worker, counted from 0; raises IndexError beyond the area codes."""
    return Place(f"people-{worker}", f"engine-{worker}", f"listener-{worker}", AREA_CODES[worker])


def client_of(connection: SwitchConnection, app: str) -> AriClient:
    """Return an ARI client, not yet connected."""
    return AriClient(connection.ari_url, connection.ari_user, connection.ari_password, app)


@contextmanager
def running_pair(home: Path) -> Iterator[AsteriskPair]:
    """Keep the pair of `home` running while the context lasts, together with other processes."""
    folder = home / "tests" / hashlib.sha256(str(REPOSITORY).encode()).hexdigest()[:8]
    folder.mkdir(parents=True, exist_ok=True)
    with locked(folder / "lock"):
        others = _living(folder / "users.json")
        pair = _pair_in(home, folder)
        if not others:
            _stop(pair)
            pair = _pair_in(home, folder)
            _start(pair)
        _write_users(folder / "users.json", {*others, os.getpid()})
    try:
        yield pair
    finally:
        with locked(folder / "lock"):
            others = _living(folder / "users.json") - {os.getpid()}
            _write_users(folder / "users.json", others)
            if not others:
                _stop(pair)


def _pair_in(home: Path, folder: Path) -> AsteriskPair:
    installation = install_asterisk(SwitchLayout(home).asterisk_root, lambda *_: None)
    return AsteriskPair(
        open_instance(installation, folder / "engine"), open_instance(installation, folder / "carrier")
    )


def _start(pair: AsteriskPair) -> None:
    engine, carrier = pair.engine, pair.carrier
    apps = {place_of(n).area_code: place_of(n).people_app for n in range(len(AREA_CODES))}
    queues = tuple(
        AgentQueue(name=name, ring_seconds=5, wrap_up_seconds=0) for name in (QUEUE, STAFFED, DESERTED)
    )
    queues += (AgentQueue(name=TELLING, ring_seconds=5, announce_position=True, announce_seconds=15),)
    role = EngineRole(trunks=(carrier_trunk(carrier),), queues=queues, codes=(STUDIO_CODE,))
    render_configuration(engine, role)
    render_configuration(carrier, CarrierRole(engine, apps_by_area_code=apps))
    process.start(engine)
    process.start(carrier)


def _stop(pair: AsteriskPair) -> None:
    process.stop(pair.carrier)
    process.stop(pair.engine)


def _living(file: Path) -> set[int]:
    users = json.loads(file.read_text()) if file.exists() else []
    return {pid for pid in users if Path(f"/proc/{pid}").exists()}


def _write_users(file: Path, users: set[int]) -> None:
    file.write_text(json.dumps(sorted(users)))


@pytest.fixture(scope="session")
def ivr_home() -> Path:
    """The data folder that holds the installed Asterisk."""
    return Path(os.environ.get("IVR_HOME", REPOSITORY / ".ivr")).resolve()


@pytest.fixture(scope="session")
def asterisk_pair(ivr_home: Path) -> Iterator[AsteriskPair]:
    """Both Asterisks."""
    with running_pair(ivr_home) as pair:
        yield pair


@pytest.fixture(scope="session")
def place(worker_id: str) -> Place:
    """This worker's part of the pair."""
    return place_of(int(worker_id.removeprefix("gw")) if worker_id != "master" else 0)


@pytest.fixture
def inbound_app(ivr_home: Path) -> Iterator[str]:
    """The application that gets the people's calls, for one test at a time."""
    with locked(ivr_home / "tests" / "inbound.lock"):
        yield INBOUND_APP


@pytest.fixture
def agent_queue(ivr_home: Path) -> Iterator[str]:
    """The engine's queue, without agents, for one test at a time."""
    with locked(ivr_home / "tests" / "queue.lock"):
        yield QUEUE


@pytest.fixture
def town_log(tmp_path: Path) -> Iterator[TownLog]:
    """The people's log of this test."""
    with TownLog(tmp_path / "people.jsonl") as log:
        yield log


@pytest.fixture
async def prompt_listener(asterisk_pair: AsteriskPair, place: Place) -> AsyncIterator[PromptListener]:
    """Knows what the engine's Asterisk plays on every call."""
    async with client_of(asterisk_pair.engine.connection(), place.listener_app) as client:
        await client.connect()
        async with PromptListener(client) as listener:
            yield listener


@pytest.fixture
async def town(
    asterisk_pair: AsteriskPair,
    place: Place,
    town_log: TownLog,
    prompt_listener: PromptListener,
    tmp_path: Path,
) -> AsyncIterator[Town]:
    """An empty town at this worker's numbers: the test lets people move in."""
    connection = asterisk_pair.carrier.connection()
    async with client_of(connection, place.people_app) as client:
        await client.connect()
        recordings = asterisk_pair.carrier.recording_folder
        tones = tmp_path / "tones"
        ears = prompt_listener
        async with Town(client, log=town_log, recordings=recordings, tones=tones, ears=ears) as town:
            yield town
