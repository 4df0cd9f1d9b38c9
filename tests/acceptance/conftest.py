"""Fixtures of the acceptance tests: a bank that calls, and customers with telephones.

Each test has an engine of its own, in this process, on the shared pair of Asterisks. Speech is rendered once
for all of them.
"""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import structlog
from structlog.testing import LogCapture

from ivr.app.assemble import Parts, engine_of
from ivr.app.leadership import leading
from ivr.app.publications import newly_published, published_contents
from ivr.app.reception import reception_of
from ivr.app.staffing import staffing_of
from ivr.app.studio import SettingsStudio
from ivr.attempts.pacing import Pace
from ivr.carrier.prompt_listener import PromptListener
from ivr.carrier.town import Town
from ivr.clock import Clock, utc_now
from ivr.engine.content import Company, Content, Contents
from ivr.engine.line import Line
from ivr.engine.messaging import Messaging
from ivr.engine.reception import Reception
from ivr.engine.telephony import Vault
from ivr.gateways.sandbox import SandboxGateway
from ivr.payments.monthly import Monthly
from ivr.phone_number import PhoneNumber
from ivr.settings import Settings
from ivr.sources.content_folder import ContentFolders, load_content
from ivr.speech.cache import SpeechCache
from ivr.speech.pyttsx3_engine import Pyttsx3Engine
from ivr.speech.recording import seconds_said
from ivr.speech.speech import Speech
from ivr.store.database import create_writing_engine, parse_database_url
from ivr.store.migrate import migrate
from ivr.store.sql_store import open_store
from ivr.switch.configuration import carrier_trunk
from ivr.switch.layout import SwitchLayout
from ivr.switch.speech_library import SpeechLibrary, install_espeak
from ivr.switch.trunk import dial_string
from ivr.telephony.recordings import SpoolRecordings
from ivr.webhooks.http_webhooks import Endpoint, HttpWebhooks
from tests.acceptance.bank import Bank
from tests.acceptance.customers import Customers
from tests.acceptance.phone import PhoneBook, phone_book
from tests.asterisk_pair import (
    REPOSITORY,
    AsteriskPair,
    Place,
    agent_queue,
    asterisk_pair,
    client_of,
    inbound_app,
    ivr_home,
    place,
    prompt_listener,
    town,
    town_log,
)

__all__ = [
    "agent_queue",
    "asterisk_pair",
    "inbound_app",
    "ivr_home",
    "phone_book",
    "place",
    "prompt_listener",
    "town",
    "town_log",
]

SAMPLE_BANK = Company("Sample Bank", PhoneNumber("+12025550100"))
EASTERN = ZoneInfo("America/New_York")
SIMULATED = Line(
    trunk="carrier",
    is_simulated=True,
    caller_id=SAMPLE_BANK.phone,
    pace=Pace(calls_per_second=20, burst=5),
    max_calls=50,
    max_duration=600,
)
"""The line to the simulated telephone network."""

NOBODY_CALLS = Reception({}, "US", SIMULATED.max_duration)
"""No number that callers dial is served."""

NO_MESSAGES = Messaging()
"""Nobody delivers messages in writing."""

QUICK_RULES = "tests/acceptance/rules"
"""The tests' own rule, so that nobody who tunes the demo has to mend them."""

OpenBank = Callable[..., AbstractAsyncContextManager[Bank]]
"""Opens a bank with a line, content, a clock or an application of the test's own; see `open_bank`."""


def content_in(
    *,
    flows: Path = REPOSITORY / "dialplans/flows",
    prompts: Path = REPOSITORY / "prompts",
    rules: Path = REPOSITORY / QUICK_RULES,
) -> Content:
    """Read content; by default the shipped flows and prompts, with retries in seconds and at any hour."""
    folders = ContentFolders(
        flows,
        prompts,
        rules,
        REPOSITORY / "config/compliance",
        messages=REPOSITORY / "messages",
        pages=REPOSITORY / "pages",
    )
    return load_content(folders, SAMPLE_BANK, EASTERN)


class Edit:
    """Copies of shipped content, for a test that needs a line of it to be different."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def copy(self, shipped: str) -> Path:
        """Return a copy of a shipped folder, made once."""
        copied = self._folder / shipped
        if not copied.exists():
            shutil.copytree(REPOSITORY / shipped, copied)
        return copied

    def replace(self, shipped: str, file: str, old: str, new: str) -> Path:
        """Write `new` for `old` in a file of the copy, and return the copy."""
        edited = self.copy(shipped) / file
        text = edited.read_text("utf-8")
        assert old in text, f"{old!r} is no longer in {file}"
        edited.write_text(text.replace(old, new), "utf-8")
        return self.copy(shipped)


@pytest.fixture
def edit(tmp_path: Path) -> Edit:
    """Return a hand to edit content with."""
    return Edit(tmp_path / "content")


@pytest.fixture(scope="session")
def demo_content() -> Content:
    """Return the content that most tests run on."""
    return content_in()


@pytest.fixture(scope="session")
def speech_library(ivr_home: Path) -> SpeechLibrary:
    """Return espeak-ng."""
    return install_espeak(SwitchLayout(ivr_home).espeak_root, lambda *_: None)


@pytest.fixture(scope="session")
def empty_books(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a database with all tables and no row, to be copied."""
    path = tmp_path_factory.mktemp("books") / "empty.db"
    engine = create_writing_engine(parse_database_url(f"sqlite:///{path}"))
    migrate(engine)
    engine.dispose()
    return path


@pytest.fixture(scope="session")
def speech_folder(ivr_home: Path) -> Path:
    """Return where all speech of the tests is kept."""
    folder = ivr_home / "tests" / "speech"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@pytest.fixture
def engine_log() -> Iterator[LogCapture]:
    """Keep every event that the engine logs in this test."""
    kept = LogCapture()
    structlog.configure(processors=[structlog.contextvars.merge_contextvars, kept])
    yield kept
    structlog.reset_defaults()


@pytest.fixture
def store_url(empty_books: Path, tmp_path: Path) -> str:
    """Return the address of this test's database, with all tables and no row."""
    books = tmp_path / "bank.db"
    shutil.copy(empty_books, books)
    return f"sqlite:///{books}"


@pytest.fixture
def open_bank(
    asterisk_pair: AsteriskPair,
    place: Place,
    tmp_path: Path,
    speech_folder: Path,
    store_url: str,
    speech_library: SpeechLibrary,
    demo_content: Content,
    engine_log: LogCapture,
) -> OpenBank:
    """Return what opens a bank: it calls while the context lasts, and its books stay for the next one.

    With `settings` it goes by published content, and by their numbers for callers, in the place of `content`
    and `reception`.
    """
    trunk = carrier_trunk(asterisk_pair.carrier)

    @asynccontextmanager
    async def open_bank(
        *,
        line: Line = SIMULATED,
        content: Content = demo_content,
        clock: Clock = utc_now,
        app: str = place.engine_app,
        cache: SpeechCache | None = None,
        endpoints: Mapping[str, Endpoint] = {},
        reception: Reception = NOBODY_CALLS,
        card_keying: bool = False,
        card_pages: bool = False,
        messaging: Messaging = NO_MESSAGES,
        vault: Vault | None = None,
        monthly: frozenset[Monthly] = frozenset(),
        queue_sounds: Path | None = None,
        settings: Settings | None = None,
    ) -> AsyncIterator[Bank]:
        async with AsyncExitStack() as stack:
            store = await stack.enter_async_context(open_store(store_url))
            contents = Contents(content) if settings is None else await published_contents(settings, store)
            owner = await stack.enter_async_context(leading(store, clock))
            client = client_of(asterisk_pair.engine.connection(), app)
            await stack.enter_async_context(client)
            await client.connect()
            voice = Pyttsx3Engine(speech_library.environment())
            speech = Speech(voice, cache or SpeechCache(speech_folder))
            stack.push_async_callback(speech.close)
            staffing = await stack.enter_async_context(staffing_of(asterisk_pair.engine.connection()))
            webhooks = await stack.enter_async_context(HttpWebhooks(endpoints, clock))
            gateway = SandboxGateway(tmp_path / "provider.db")
            parts = Parts(
                store=store,
                owner=owner,
                client=client,
                cel_file=asterisk_pair.engine.connection().cel_file,
                studio=SettingsStudio(settings or Settings()),
                recordings=SpoolRecordings(
                    asterisk_pair.engine.recording_folder, tmp_path / "recordings", seconds_said
                ),
                dial_string=lambda _, number: dial_string(trunk, number),
                line=line,
                reception=reception if settings is None else reception_of(settings),
                speech=speech,
                gateway=gateway,
                webhooks=webhooks,
                cards=gateway if card_keying else None,
                hosted_pages=gateway if card_pages else None,
                messaging=messaging,
                vault=vault,
                monthly=monthly,
                queue_sounds=queue_sounds,
                staffing=staffing,
            )
            running = engine_of(parts, contents, clock=clock, grace=0)
            engine = await stack.enter_async_context(running)
            if settings is not None:
                engine.follow(partial(newly_published, settings, store, contents))
            yield Bank(engine, gateway)

    return open_bank


@pytest.fixture
async def bank(open_bank: OpenBank) -> AsyncIterator[Bank]:
    """A bank that calls over the simulated telephone network."""
    async with open_bank() as bank:
        yield bank


@pytest.fixture
def a_customer(town: Town, prompt_listener: PromptListener, phone_book: PhoneBook) -> Customers:
    """Return what makes customers: `maria = a_customer(owing="42.50", card="42")`."""
    return Customers(town, prompt_listener, phone_book)
