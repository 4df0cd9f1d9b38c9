"""Fixtures of the use cases' tests: a real store in a file, the shipped content, a scripted world."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from ivr.attempts.attempt import Attempt, AttemptState
from ivr.attempts.eligibility.facts import EligibilityFacts
from ivr.attempts.pacing import Pace
from ivr.engine.content import Company, Content, Contents
from ivr.engine.host import Host
from ivr.engine.line import Line
from ivr.engine.place_call import commit_placing, source_of
from ivr.engine.ports import NewCall, Transaction
from ivr.engine.scan_rule import scan_rule
from ivr.engine.start_session import NewSession, read_facts, start_session
from ivr.engine.world import Owner, World
from ivr.flows.on_the_line import Party
from ivr.phone_number import PhoneNumber
from ivr.rules.answering_terms import AnsweringTerms
from ivr.sources.content_folder import ContentFolders, load_content
from ivr.store.database import create_writing_engine, parse_database_url
from ivr.store.migrate import migrate
from ivr.store.sql_store import SqlStore, open_store
from tests.contract.samples import record, take_epoch
from tests.unit.engine.scripted import (
    HandClock,
    ScriptedCall,
    ScriptedGateway,
    ScriptedRecordings,
    ScriptedRecords,
    ScriptedSpeech,
    ScriptedStudio,
    ScriptedTarget,
    ScriptedTelephony,
    ScriptedWebhooks,
)

ROOT = Path(__file__).parents[3]
EASTERN = ZoneInfo("America/New_York")
MONDAY_AT_TEN = datetime(2026, 3, 2, 10, 0, tzinfo=EASTERN).astimezone(UTC)
LINE = Line(
    trunk="carrier",
    is_simulated=True,
    caller_id=PhoneNumber("+12025550100"),
    pace=Pace(calls_per_second=100),
    max_calls=10,
    max_duration=600,
)


def party_of(facts: EligibilityFacts) -> Party:
    """Return whom an attempt's call is with."""
    alert = facts.alert
    return Party(alert.customer_id, alert.account_id, alert.id, alert.topic)


def _put(number: int, tx: Transaction) -> None:
    tx.customers.put(record(number))


def _call_of(attempt: Attempt, new: NewSession, now: datetime) -> NewCall:
    flow = new.session.flow
    return NewCall(
        id=attempt.id,
        attempt_id=attempt.id,
        direction="outbound",
        number=attempt.address,
        trunk=LINE.trunk,
        caller_id=LINE.caller_id,
        flow=flow.name,
        flow_version=flow.version,
        started_at=now,
    )


@dataclass
class Engine:
    """A world with the scripts it was made of, and short ways to where a test begins."""

    world: World
    contents: Contents
    store: SqlStore
    clock: HandClock
    telephony: ScriptedTelephony
    speech: ScriptedSpeech
    recordings: ScriptedRecordings
    studio: ScriptedStudio
    gateway: ScriptedGateway
    records: ScriptedRecords
    target: ScriptedTarget
    webhooks: ScriptedWebhooks

    async def find(self, *numbers: int) -> list[Attempt]:
        """Take in customers who owe something and let the rule find them; return their attempts."""
        rule = self.contents.live.book.rules["payment-overdue"]
        for number in numbers:
            await self.store.write(partial(_put, number))
        await scan_rule(self.world, self.contents, rule, self.clock())
        return await self.attempts(AttemptState.READY)

    async def claim(self) -> EligibilityFacts:
        """Claim the attempt that is due and return its facts."""
        owner, now = self.world.owner, self.clock()
        lease = now + timedelta(minutes=2)
        [attempt] = await self.store.write(
            lambda tx: tx.attempts.claim_due(owner.name, owner.epoch, now, 1, lease)
        )
        return await read_facts(self.world, attempt.id)

    async def found_and_claimed(self) -> EligibilityFacts:
        """Begin with a customer whose call is about to be placed."""
        await self.find(1)
        return await self.claim()

    async def placed(self) -> EligibilityFacts:
        """Begin with a customer whose call is being placed."""
        return await self.place(await self.found_and_claimed())

    async def place(self, facts: EligibilityFacts) -> EligibilityFacts:
        """Let the telephone of a claimed attempt ring."""
        attempt_id = facts.attempt.id
        session = await start_session(self.world, self.contents, facts)
        call = _call_of(facts.attempt, session, self.clock())
        await self.store.write(
            lambda tx: commit_placing(tx, self.contents, self.world, LINE, attempt_id, call)
        )
        return await read_facts(self.world, attempt_id)

    def host(self, call: ScriptedCall, facts: EligibilityFacts) -> Host:
        """Return the surroundings of an attempt's call."""
        return Host(self.world, self.contents, call, source_of(facts))

    async def attempts(self, *states: AttemptState) -> list[Attempt]:
        """Return the attempts in these states (of all, when none is named), in the order they were made."""
        wanted = states or tuple(AttemptState)
        found = await self.store.read(lambda tx: tx.attempts.in_states(wanted))
        return sorted(found, key=lambda attempt: (attempt.alert_id, attempt.attempt_no))

    async def attempt(self, attempt_id: str) -> Attempt:
        """Return an attempt as it is now."""
        return await self.store.read(lambda tx: tx.attempts.get(attempt_id))

    async def alert_state(self, alert_id: str) -> str:
        """Return where an alert stands."""
        return (await self.store.read(lambda tx: tx.alerts.get(alert_id))).state.value


def with_answering(content: Content, *, listen: bool) -> Content:
    """Return content whose rule says whether it is listened who picks up."""
    name, book = "payment-overdue", content.book
    rule = book.rules[name].model_copy(update={"answering": AnsweringTerms(listen=listen)})
    return replace(content, book=replace(book, rules={**book.rules, name: rule}))


@pytest.fixture(scope="session")
def content() -> Content:
    """Return the shipped content: 8 a.m. to 9 p.m., one call an hour, two a day."""
    folders = ContentFolders(
        ROOT / "dialplans/flows",
        ROOT / "prompts",
        ROOT / "alert_rules",
        ROOT / "config/compliance",
        messages=ROOT / "messages",
        pages=ROOT / "pages",
    )
    return load_content(folders, Company("Sample Bank", PhoneNumber("+12025550100")), EASTERN)


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a database with all tables and no row, to be copied."""
    path = tmp_path_factory.mktemp("database") / "empty.db"
    writing = create_writing_engine(parse_database_url(f"sqlite:///{path}"))
    migrate(writing)
    writing.dispose()
    return path


@pytest.fixture
async def store(empty_database: Path, tmp_path: Path) -> AsyncIterator[SqlStore]:
    """Return an open store without any rows."""
    shutil.copy(empty_database, tmp_path / "store.db")
    async with open_store(f"sqlite:///{tmp_path / 'store.db'}") as opened:
        yield opened


@pytest.fixture
async def engine(store: SqlStore, content: Content) -> Engine:
    """Return the use cases' world on a Monday at ten in the morning."""
    clock = HandClock(MONDAY_AT_TEN)
    telephony, speech, gateway = ScriptedTelephony(), ScriptedSpeech(), ScriptedGateway()
    records, target, webhooks = ScriptedRecords(), ScriptedTarget(), ScriptedWebhooks()
    recordings, studio = ScriptedRecordings(), ScriptedStudio()
    epoch = await store.write(lambda tx: take_epoch(tx, at=clock()))
    world = World(
        store=store,
        telephony=telephony,
        speech=speech,
        recordings=recordings,
        studio=studio,
        gateway=gateway,
        records=records,
        webhooks=webhooks,
        clock=clock,
        owner=Owner("engine", epoch),
        targets={"history": target},
    )
    return Engine(
        world=world,
        contents=Contents(content),
        store=store,
        clock=clock,
        telephony=telephony,
        speech=speech,
        recordings=recordings,
        studio=studio,
        gateway=gateway,
        records=records,
        target=target,
        webhooks=webhooks,
    )
