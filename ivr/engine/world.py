"""The world as the use cases see it: ports only."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Protocol

from ivr.calls.call_report import CallReport
from ivr.clock import Clock
from ivr.engine.content_version import ContentFiles
from ivr.engine.messaging import Messaging
from ivr.engine.ports import Store
from ivr.engine.ports.staffing import Staffing
from ivr.engine.telephony import Telephony, Vault
from ivr.engine.way_out import WayOut
from ivr.payments.gateway import CardKeeper, HostedPages, PaymentGateway
from ivr.payments.monthly import Monthly
from ivr.prompts.segment import Segment


class Speech(Protocol):
    """Makes sound files of segments."""

    async def prepare(self, segments: Collection[Segment]) -> None:
        """Render what is not there yet, so that a call never waits for it."""
        ...

    async def files(self, segments: Sequence[Segment]) -> Sequence[Path]:
        """Return a playable file for each segment, rendering it when need be; never silence."""
        ...

    async def instead(self, segment: Segment, failed: Sequence[Path]) -> Path | None:
        """Return what to play for a segment whose files could not be played, `failed` in the order they were.

        None when nothing is left to try.
        """
        ...


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the switch's own records say of one call."""

    since: datetime | None
    """From when on the records are without a gap and nobody but us can have dialled; None when unknown."""
    was_dialled: bool
    report: CallReport | None
    """Its end, when it has ended."""


class SwitchRecords(Protocol):
    """The switch's own records of calls, for what happened while nobody listened."""

    async def evidence(self, call_ids: Collection[str], since: datetime) -> Mapping[str, Evidence]:
        """Return what is on record about each call; none of them is older than `since`."""
        ...


class Webhooks(Protocol):
    """Other programs that a flow may ask, by the names that the settings give them."""

    async def post(
        self, endpoint: str, send: Mapping[str, object], key: str, within: float
    ) -> Mapping[str, object]:
        """Post `send` as JSON, signed, and return the JSON object that came back with a success.

        `key` is alike for the same request again. Raises WebhookTimedOutError when the whole answer is not
        here `within` so many seconds, WebhookError for every other end.
        """
        ...


class Recordings(Protocol):
    """Keeps what people said on the telephone, by opaque names."""

    async def take(self, name: str) -> float:
        """Take what the switch recorded into keeping; return its seconds, 0 when there is nothing to hear.

        Raises RecordingError when the switch has no such recording. One that was taken before is kept as it
        is.
        """
        ...

    async def keep(self, name: str) -> float:
        """Take a call's recording into keeping, whatever is to be heard; return its seconds.

        Raises RecordingError as `take` does.
        """
        ...

    def file(self, name: str) -> Path:
        """Return where the recording of this name is kept."""
        ...

    async def drop(self, name: str) -> None:
        """Throw a recording away, wherever it is; nothing happens when it is nowhere."""
        ...


class Studio(Protocol):
    """What recording prompts by telephone needs."""

    def pin(self) -> str | None:
        """Return the PIN, digits; None while the studio is closed, which is said in the log."""
        ...

    async def as_prompt(self, recording: Path) -> bytes:
        """Return a recording as telephones play prompts: of one loudness, without the silence around it.

        Raises SpeechError, in a clause, when it is no speech-length sound.
        """
        ...

    async def check(self, files: ContentFiles) -> None:
        """Raise ContentError with all that is wrong with content that is to be published."""
        ...


class OutcomeTarget(Protocol):
    """Where outcomes are told to."""

    async def push(self, key: str, payload: Mapping[str, object]) -> None:
        """Tell one outcome; the same key again changes nothing. Raises when it was not acknowledged."""
        ...


@dataclass(frozen=True, slots=True)
class Owner:
    """Who this engine is towards the ledger."""

    name: str
    epoch: int
    """Rises with each new owner; older ones are fenced."""


@dataclass(frozen=True, slots=True)
class World:
    """Everything outside that a call needs."""

    store: Store
    telephony: Telephony
    speech: Speech
    recordings: Recordings
    studio: Studio
    gateway: PaymentGateway
    records: SwitchRecords
    webhooks: Webhooks
    clock: Clock
    owner: Owner
    targets: Mapping[str, OutcomeTarget] = field(default_factory=dict)
    """Outbox targets by name."""
    cards: CardKeeper | None = None
    """Keeps cards that are keyed in; None where that is not allowed."""
    messaging: Messaging = field(default_factory=Messaging)
    """How messages in writing leave the house."""
    keep_remarks: timedelta = timedelta(days=90)
    """How long what somebody was asked to say is kept."""
    resume_within: timedelta = timedelta(minutes=10)
    """So long after a call broke off whoever calls again goes on where it was."""
    vault: Vault | None = None
    """None where there is no vault for cards."""
    staffing: Staffing | None = None
    """Knows the queues of agents; None where the switch can't be asked."""
    monthly: frozenset[Monthly] = frozenset()
    """What is offered to customers who have paid, for the months that come."""
    way_out: WayOut | None = None
    """On which numbers outside are dialled for callers; None: they are not."""
    hosted_pages: HostedPages | None = None
    """The provider's pages for customers to pay on; None where nobody can be sent there."""
    wait: Callable[[float], Awaitable[object]] = asyncio.sleep
    """Lets so many seconds pass."""
