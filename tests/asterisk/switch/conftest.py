"""A real engine's switch and a real carrier, started once for the tests of a worker."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from ivr.settings import default_home
from ivr.switch import process
from ivr.switch.agent_queue import AgentQueue
from ivr.switch.configuration import CarrierRole, EngineRole, carrier_trunk, render_configuration
from ivr.switch.install import Installation, install_asterisk
from ivr.switch.instance import Instance, open_instance
from ivr.switch.layout import SwitchLayout
from ivr.switch.trunk import Softphone

PHONE = Softphone(username="alice", number="+12025550199")


@dataclass(frozen=True)
class Pair:
    """Two running instances that call each other over SIP."""

    engine: Instance
    carrier: Instance


@pytest.fixture(scope="session")
def installation() -> Installation:
    layout = SwitchLayout(default_home(os.environ))
    return install_asterisk(layout.asterisk_root, lambda _what, _fraction: None)


@pytest.fixture(scope="module")
def pair(installation: Installation, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pair]:
    folder: Path = tmp_path_factory.mktemp("switch")
    engine = open_instance(installation, folder / "engine")
    carrier = open_instance(installation, folder / "carrier")
    role = EngineRole(
        trunks=(carrier_trunk(carrier),),
        softphones=(PHONE,),
        queues=(AgentQueue(name="support"),),
        codes=("770",),
    )
    render_configuration(engine, role)
    render_configuration(carrier, CarrierRole(engine, apps_by_area_code={"202": "people-1"}))
    try:
        process.start(engine)
        process.start(carrier)
        yield Pair(engine, carrier)
    finally:
        process.stop(engine)
        process.stop(carrier)
