"""The world around an engine that is killed: a data folder, two Asterisks, people, customers."""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from itertools import product
from pathlib import Path

from ivr.app.embedded_switch import carrier_instance, engine_instance, start_pair
from ivr.ari.client import AriClient
from ivr.carrier.log_entry import What
from ivr.carrier.person import Person
from ivr.carrier.town import Town
from ivr.carrier.town_log import TownLog
from ivr.engine.import_customers import import_customers
from ivr.engine.ports import CustomerRecord
from ivr.gateways.sandbox import SandboxGateway
from ivr.settings import Settings, load_settings
from ivr.store.sql_store import open_store
from ivr.switch import process
from ivr.switch.configuration import PEOPLE_APP
from ivr.switch.layout import SwitchLayout
from tests.chaos.engine_process import REPOSITORY, EngineProcess
from tests.chaos.evidence import AttemptSeen, Charge, Invite
from tests.chaos.ledger import Ledger

CONTENT = Path(__file__).with_name("content")
_EFFECTS, _PICK_UPS, _ID_GAP = 80, 5, 10_000
"""Effect ids that a session can have had: so many, and again after each pick-up (see ivr.flows.walk)."""


@dataclass(slots=True)
class ChaosWorld:
    """Everything but the engine."""

    home: Path
    town: Town
    log: TownLog
    settings: Settings
    calls_per_second: float
    lives: int = 0
    config: Path = REPOSITORY / "config/ivr.toml"
    """The settings of engines that are started from now on."""

    def start_engine(self, grace: float = 20, **variables: str) -> EngineProcess:
        """Start the engine once more, with these `IVR_*` settings."""
        self.lives += 1
        log = self.home / f"engine-{self.lives}.jsonl"
        return EngineProcess(
            self.home, log, self._settings_of_an_engine() | variables, grace, config=self.config
        )

    def start_engine_that_dies(self, point: str, **variables: str) -> EngineProcess:
        """Start an engine that is killed at a point of what it does; see `tests.chaos.dying_engine`."""
        self.lives += 1
        log = self.home / f"engine-{self.lives}.jsonl"
        program = ("tests.chaos.dying_engine", point)
        settings = self._settings_of_an_engine() | variables
        return EngineProcess(self.home, log, settings, program=program, config=self.config)

    def _settings_of_an_engine(self) -> dict[str, str]:
        return {
            "IVR_CONTENT__RULES": str(CONTENT),
            "IVR_DIALING__CALLS_PER_SECOND": str(self.calls_per_second),
        }

    async def takes_in(self, records: Sequence[CustomerRecord]) -> None:
        """Import customers while no engine runs."""
        async with open_store(self.settings.store_url) as store:
            await import_customers(store, records)

    def empty_speech_cache(self) -> None:
        """Let the engine render all that it says anew."""
        cache = self.home / "speech"
        cache.unlink()
        cache.mkdir()

    def ledger(self) -> Ledger:
        """Return the engine's books."""
        return Ledger(self.home)

    def invites(self) -> list[Invite]:
        """Return every INVITE that reached the network, oldest first."""
        return [
            Invite(entry.details.get("attempt_id", ""), entry.number, entry.at)
            for entry in self.log.entries()
            if entry.what is What.INVITED
        ]

    async def charges(self, attempts: Iterable[AttemptSeen]) -> list[Charge]:
        """Return what the provider's books hold, each charge with the attempt in whose call it was made."""
        taken = {charge.intent_id: charge for charge in await SandboxGateway(self.provider_books).charges()}
        asked_by = {
            intent: attempt for attempt in attempts for intent in _intents(attempt.id) if intent in taken
        }
        return [Charge(attempt.number, attempt.id) for attempt in asked_by.values()]

    @property
    def provider_books(self) -> Path:
        """The sandbox gateway's own file."""
        return self.home / "sandbox-gateway.db"


@asynccontextmanager
async def chaos_world(
    home: Path, installed: Path, people: Sequence[Person], *, calls_per_second: float = 8
) -> AsyncIterator[ChaosWorld]:
    """Build a world in the empty folder `home`; what is installed in `installed` is used, not copied."""
    _link_installation(home, installed)
    settings = load_settings(REPOSITORY / "config/ivr.toml", {"IVR_HOME": str(home)})
    _, carrier = await asyncio.to_thread(start_pair, settings)
    connection = carrier.connection()
    client = AriClient(connection.ari_url, connection.ari_user, connection.ari_password, PEOPLE_APP)
    try:
        async with client:
            await client.connect()
            with TownLog(home / "people.jsonl") as log:
                recordings, tones = carrier.recording_folder, carrier.media_folder / "tones"
                async with Town(client, people, log=log, recordings=recordings, tones=tones) as town:
                    yield ChaosWorld(home, town, log, settings, calls_per_second)
    finally:
        for instance in (engine_instance(settings), carrier_instance(settings)):
            await asyncio.to_thread(process.stop, instance)


def _link_installation(home: Path, installed: Path) -> None:
    ours, theirs = SwitchLayout(home), SwitchLayout(installed)
    ours.asterisk_root.parent.mkdir(parents=True)
    ours.asterisk_root.symlink_to(theirs.asterisk_root)
    ours.espeak_root.symlink_to(theirs.espeak_root)
    (installed / "tests/speech").mkdir(parents=True, exist_ok=True)
    (home / "speech").symlink_to(installed / "tests/speech")


def _intents(attempt_id: str) -> list[str]:
    """Return the payment intents that a call of this attempt can have opened; see ivr.engine.pay."""
    effects = product(range(_PICK_UPS + 1), range(1, _EFFECTS))
    return [
        uuid.uuid5(uuid.NAMESPACE_OID, f"{attempt_id}/{pick_up * _ID_GAP + effect}").hex
        for pick_up, effect in effects
    ]
