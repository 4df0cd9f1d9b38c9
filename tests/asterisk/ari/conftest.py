"""A pair of Asterisks of our own: these tests restart them and take their passwords away."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from ivr.ari.client import AriClient
from ivr.switch import process
from ivr.switch.configuration import CarrierRole, EngineRole, carrier_trunk, render_configuration
from ivr.switch.install import install_asterisk
from ivr.switch.instance import Instance, open_instance
from tests.asterisk.ari.phone_call import APP, PEOPLE, client_of

REPOSITORY = Path(__file__).parents[3]


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Instance, Instance]]:
    """The engine's Asterisk and the telephone network's, running."""
    home = Path(os.environ.get("IVR_HOME", REPOSITORY / ".ivr")).resolve()
    installation = install_asterisk(home / "asterisk" / "root", lambda *_: None)
    folder = tmp_path_factory.mktemp("pair")
    engine, carrier = open_instance(installation, folder / "e"), open_instance(installation, folder / "c")
    render_configuration(engine, EngineRole("inbound", trunks=(carrier_trunk(carrier),)))
    render_configuration(carrier, CarrierRole(engine, default_app=PEOPLE))
    try:
        process.start(engine)
        process.start(carrier)
        yield engine, carrier
    finally:
        process.stop(carrier)
        process.stop(engine)


@pytest.fixture
def engine(pair: tuple[Instance, Instance]) -> Instance:
    return pair[0]


@pytest.fixture
async def ari(engine: Instance) -> AsyncIterator[AriClient]:
    """The client under test, connected."""
    async with client_of(engine, APP) as client:
        await client.connect()
        yield client


@pytest.fixture
async def people(pair: tuple[Instance, Instance]) -> AsyncIterator[AriClient]:
    """The far end's client."""
    async with client_of(pair[1], PEOPLE) as client:
        await client.connect()
        yield client
