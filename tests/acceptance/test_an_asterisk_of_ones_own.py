"""An Asterisk that is there already: the engine drives it and starts none of its own."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pytest

from ivr.app.publications import published_contents
from ivr.app.running_engine import running_engine
from ivr.carrier.prompt_listener import PromptListener
from ivr.carrier.town import Town
from ivr.carrier.town_log import TownLog
from ivr.gateways.sandbox import SandboxGateway
from ivr.settings import load_settings
from ivr.switch import process
from ivr.switch.configuration import (
    PEOPLE_APP,
    CarrierRole,
    EngineRole,
    carrier_trunk,
    render_configuration,
)
from ivr.switch.install import install_asterisk
from ivr.switch.instance import Instance, open_instance
from ivr.switch.layout import SwitchLayout
from ivr.switch.speech_library import SpeechLibrary
from tests.acceptance.bank import Bank
from tests.acceptance.conftest import QUICK_RULES
from tests.acceptance.customers import Customers
from tests.acceptance.phone import PhoneBook
from tests.acceptance.test_payment import pays_with_the_saved_card
from tests.asterisk_pair import REPOSITORY, Place, client_of

pytestmark = pytest.mark.asterisk

TRUNK = "provider"
PLACE = Place(PEOPLE_APP, "engine", "listener", "202")
SETTINGS = """\
[content]
flows = "{repository}/dialplans/flows"
prompts = "{repository}/prompts"
rules = "{repository}/{rules}"
compliance = "{repository}/config/compliance"

[asterisk]
ari_url = "{ari_url}"
ari_user = "{ari_user}"
ari_password_file = "{password}"
cel_file = "{cel_file}"

[dialing]
trunk = "{trunk}"
listed_numbers = ["{number}"]

[[trunks]]
name = "{trunk}"
host = "127.0.0.1"
"""


@dataclass(frozen=True, slots=True)
class Installed:
    """What somebody else set up: an Asterisk, and the provider that it calls over."""

    asterisk: Instance
    network: Instance


@pytest.fixture
def installed(ivr_home: Path, tmp_path: Path) -> Iterator[Installed]:
    installation = install_asterisk(SwitchLayout(ivr_home).asterisk_root, lambda *_: None)
    asterisk, network = (open_instance(installation, tmp_path / name) for name in ("theirs", "network"))
    render_configuration(asterisk, EngineRole(trunks=(carrier_trunk(network, TRUNK),)))
    render_configuration(network, CarrierRole(asterisk))
    try:
        process.start(asterisk)
        process.start(network)
        yield Installed(asterisk, network)
    finally:
        process.stop(network)
        process.stop(asterisk)


@pytest.fixture
async def a_customer(installed: Installed, tmp_path: Path) -> AsyncIterator[Customers]:
    async with (
        client_of(installed.asterisk.connection(), PLACE.listener_app) as ears,
        client_of(installed.network.connection(), PLACE.people_app) as network,
    ):
        await ears.connect()
        await network.connect()
        async with PromptListener(ears) as listener:
            with TownLog(tmp_path / "people.jsonl") as log:
                recordings = installed.network.recording_folder
                tones = tmp_path / "tones"
                async with Town(network, log=log, recordings=recordings, tones=tones, ears=listener) as town:
                    yield Customers(town, listener, PhoneBook(town, listener, PLACE))


def settings_file(installed: Installed, folder: Path, number: str) -> Path:
    """Write what an administrator would about an Asterisk of theirs."""
    connection = installed.asterisk.connection()
    password, file = folder / "ari.password", folder / "config" / "ivr.toml"
    password.write_text(connection.ari_password + "\n", "utf-8")
    file.parent.mkdir()
    written = SETTINGS.format(
        repository=REPOSITORY,
        rules=QUICK_RULES,
        ari_url=connection.ari_url,
        ari_user=connection.ari_user,
        password=password,
        cel_file=connection.cel_file,
        trunk=TRUNK,
        number=number,
    )
    file.write_text(written, "utf-8")
    return file


async def test_a_customer_is_called_over_it_and_pays_and_no_other_asterisk_is_started(
    installed: Installed,
    a_customer: Customers,
    speech_library: SpeechLibrary,
    speech_folder: Path,
    ivr_home: Path,
    tmp_path: Path,
) -> None:
    home = tmp_path / "home"
    home.mkdir()
    (home / "speech").symlink_to(speech_folder)
    (home / "espeak").symlink_to(SwitchLayout(ivr_home).espeak_root)
    maria = pays_with_the_saved_card(a_customer(card="42")).expects("has been made")
    settings = load_settings(settings_file(installed, tmp_path, maria.number), {"IVR_HOME": str(home)})
    async with running_engine(settings, partial(published_contents, settings), grace=0) as engine:
        bank = Bank(engine, SandboxGateway(home / "sandbox-gateway.db"))
        await bank.calls(maria)
        await maria.call_is_over()
        story = await bank.story_after(maria)

    assert (story.disposition, story.amount_due) == ("payment", "0.00 USD")
    assert [(row.trunk, row.call_result) for row in story.calls] == [(TRUNK, "answered")]
    assert not SwitchLayout(home).engine.exists()
    assert not SwitchLayout(home).carrier.exists()
