"""The golden transcripts, held by real calls: all of them at once, on one pair of Asterisks.

The engine alone and the terminal player hold the same files: tests/unit/flows/test_golden.py and
tests/unit/cli/test_flows.py.
"""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import pytest

from ivr.app.studio import SettingsStudio
from ivr.ari.client import AriClient
from ivr.ari.request import Request, nothing
from ivr.calls.call_report import CallReport
from ivr.calls.call_result import CallResult
from ivr.carrier.call_seen import CallSeen
from ivr.clock import utc_now
from ivr.engine.content import Content, Contents
from ivr.engine.host import Host
from ivr.engine.import_customers import import_customers
from ivr.engine.ports import NewCall
from ivr.engine.run_flow import Talk, run_flow
from ivr.engine.telephony import CallOrder
from ivr.engine.world import Owner, World
from ivr.flows.known_before import known_before
from ivr.gateways.sandbox import SandboxGateway
from ivr.settings import Settings
from ivr.speech.cache import SpeechCache
from ivr.speech.pyttsx3_engine import Pyttsx3Engine
from ivr.speech.recording import seconds_said
from ivr.speech.speech import Speech
from ivr.store.sql_store import open_store
from ivr.switch import process
from ivr.switch.configuration import carrier_trunk
from ivr.switch.speech_library import SpeechLibrary
from ivr.switch.trunk import dial_string
from ivr.telephony.ari_telephony import AriTelephony
from ivr.telephony.recordings import SpoolRecordings
from ivr.telephony.switch_records import CelRecords
from ivr.webhooks.http_webhooks import HttpWebhooks
from tests.acceptance.conftest import SAMPLE_BANK
from tests.acceptance.golden_call import ToldSession, does_as_told, record_of, said_by
from tests.acceptance.phone import PhoneBook, Somebody
from tests.asterisk_pair import STAFFED, AsteriskPair, Place, client_of
from tests.golden.golden import FILES, OF_THE_MAIN_FLOW, Golden, read_golden

pytestmark = pytest.mark.asterisk

WORDS_PER_MINUTE = 320
"""A fast talker: nothing but their words is compared, and the longest transcript takes twice as long else."""
FREE = Request(
    "set_device_state", "PUT", "/deviceStates/Stasis:golden", nothing, {"deviceState": "NOT_INUSE"}
)
"""What a telephone that registered would say by itself."""


@dataclass(frozen=True, slots=True)
class Held:
    """A transcript's call, when it is over."""

    session: ToldSession
    seen: CallSeen
    """At the person's end."""
    report: CallReport
    """At ours."""
    played: tuple[str, ...]


class House:
    """Places calls that are led by golden transcripts."""

    def __init__(
        self, telephony: AriTelephony, speech: Speech, contents: Contents, folder: Path, books: Path
    ) -> None:
        self._telephony = telephony
        self._speech = speech
        self._contents = contents
        self._folder = folder
        self._books = books
        self._opening = asyncio.Lock()
        """Alembic, which opens a store's books, can do one at a time in a process."""

    async def holds(self, golden: Golden, person: Somebody) -> Held:
        """Call a person who does as the transcript says, and see the call through."""
        session = ToldSession(golden)
        await self._speech.prepare(known_before(session))
        does_as_told(person, golden)
        async with self._world(golden, person) as world:
            call_id = str(uuid4())
            await world.store.write(lambda tx: tx.calls.open(_row(call_id, person, session)))
            order = CallOrder(call_id, person.number, "carrier", SAMPLE_BANK.phone, 30, 300)
            live = await self._telephony.place(order)
            answered_at = await live.wait_for_answer()
            assert answered_at is not None
            host = Host(world, self._contents, live)
            await run_flow(host, session, Talk(), answered_at)
            report = await live.wait_for_end()
        return Held(session, await person.call_is_over(), report, person.heard_words())

    @asynccontextmanager
    async def _world(self, golden: Golden, person: Somebody) -> AsyncIterator[World]:
        """Yield a world in which effects end as the transcript says, with books of its own."""
        own = self._folder / person.number
        own.mkdir()
        shutil.copy(self._books, own / "books.db")
        async with AsyncExitStack() as stack:
            async with self._opening:
                store = await stack.enter_async_context(open_store(f"sqlite:///{own / 'books.db'}"))
            await import_customers(store, [record_of(golden, person.number)])
            yield World(
                store=store,
                telephony=self._telephony,
                speech=self._speech,
                recordings=SpoolRecordings(own, own / "recordings", seconds_said),
                studio=SettingsStudio(Settings()),
                gateway=SandboxGateway(own / "provider.db"),
                records=CelRecords(self._telephony.client, None, is_fenced=False),
                webhooks=HttpWebhooks({}, utc_now),
                clock=utc_now,
                owner=Owner("golden", 1),
            )


def _row(call_id: str, person: Somebody, session: ToldSession) -> NewCall:
    flow = session.flow
    return NewCall(
        id=call_id,
        attempt_id=None,
        direction="outbound",
        number=person.number,
        trunk="carrier",
        caller_id=SAMPLE_BANK.phone,
        flow=flow.name,
        flow_version=flow.version,
        started_at=utc_now(),
    )


@pytest.fixture
async def client(asterisk_pair: AsteriskPair, place: Place) -> AsyncIterator[AriClient]:
    """A connection to the engine's Asterisk."""
    async with client_of(asterisk_pair.engine.connection(), place.engine_app) as client:
        await client.connect()
        yield client


@pytest.fixture
async def house(
    client: AriClient,
    asterisk_pair: AsteriskPair,
    speech_library: SpeechLibrary,
    ivr_home: Path,
    empty_books: Path,
    demo_content: Content,
    tmp_path: Path,
) -> AsyncIterator[House]:
    """What places the calls."""
    trunk = carrier_trunk(asterisk_pair.carrier)
    telephony = AriTelephony(client, lambda _, number: dial_string(trunk, number))
    voice = Pyttsx3Engine(speech_library.environment(), words_per_minute=WORDS_PER_MINUTE)
    speech = Speech(voice, SpeechCache(ivr_home / "tests" / "golden-speech"))
    try:
        yield House(telephony, speech, Contents(demo_content), tmp_path, empty_books)
    finally:
        await telephony.hang_up_all()
        await telephony.close()
        await speech.close()


@pytest.fixture
async def agent(client: AriClient, asterisk_pair: AsteriskPair, phone_book: PhoneBook) -> AsyncIterator[None]:
    """Somebody who takes the calls of the staffed queue, and is soon done with each."""
    number = phone_book.somebody().answers().hangs_up().number
    await client.send(FREE)
    member = f"PJSIP/{number}@carrier"
    process.cli(
        asterisk_pair.engine,
        f"queue add member {member} to {STAFFED} penalty 0 as Ann state_interface Stasis:golden",
    )
    yield
    process.cli(asterisk_pair.engine, f"queue remove member {member} from {STAFFED}")


@pytest.mark.usefixtures("agent")
@pytest.mark.parametrize(
    "files",
    [
        pytest.param(OF_THE_MAIN_FLOW, id="of the main flow"),
        pytest.param(
            [file for file in FILES if file not in OF_THE_MAIN_FLOW],
            id="of all others",
            marks=pytest.mark.full,
        ),
    ],
)
async def test_a_real_call_holds_every_golden_transcript(
    house: House, phone_book: PhoneBook, subtests: pytest.Subtests, files: Sequence[Path]
) -> None:
    goldens = [read_golden(file) for file in files]
    people = [phone_book.somebody() for _ in goldens]
    calls = await asyncio.gather(*map(house.holds, goldens, people), return_exceptions=True)
    for file, golden, held in zip(files, goldens, calls, strict=True):
        with subtests.test(file.stem):
            if isinstance(held, BaseException):
                raise held
            assert held.session.talk == list(golden.talk)
            assert said_by(golden, held.played) == [step for step in golden.talk if "hears" in step]
            assert all(waited >= asked for asked, waited in held.session.silences), held.session.silences
            hangs_up = any("hangs_up" in step for step in golden.talk)
            assert held.seen.ended_by == ("person" if hangs_up else "far_end")
            assert held.report.result is CallResult.ANSWERED
