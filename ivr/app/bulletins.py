"""The bulletin for commands: what is on the air, put there, taken off."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from ivr.app.studio import SettingsStudio
from ivr.clock import Clock
from ivr.content_file import parse_content
from ivr.engine.bulletin import bulletin_of, with_bulletin, without_bulletin
from ivr.engine.content_version import ContentFiles, ContentVersion
from ivr.engine.ports import Transaction
from ivr.engine.revise_content import revise_content
from ivr.prompts.bulletin import read_bulletin
from ivr.settings import Settings
from ivr.store.sql_store import SqlStore


@dataclass(frozen=True, slots=True)
class Announcement:
    """The bulletin of one language."""

    language: str
    text: str
    """Of a recorded one: what is spoken if the recording can't be played."""
    is_recorded: bool
    until: datetime | None
    is_on_air: bool
    """False once its time is over."""


async def announcements(store: SqlStore, now: datetime) -> Sequence[Announcement]:
    """Return what is published, by language."""

    def work(tx: Transaction) -> ContentFiles:
        live = tx.content.live()
        return {} if live is None else bulletin_of(tx.content.files(live.id) or {})

    files = await store.read(work)
    written = {path: body for path, body in sorted(files.items()) if path.endswith(".yaml")}
    return [_announcement(path, body, files, now) for path, body in written.items()]


async def announce(
    settings: Settings,
    store: SqlStore,
    language: str,
    text: str,
    until: datetime | None,
    author: str,
    clock: Clock,
) -> ContentVersion:
    """Put a text on the air; raises ContentError for one that can't be said, and UsageError."""

    def change(files: ContentFiles) -> ContentFiles:
        return with_bulletin(files, language, text, None, until)

    check, note = SettingsStudio(settings).check, f"bulletin ({language}) written"
    return await revise_content(store, check, change, author, note, clock)


async def take_off(
    settings: Settings, store: SqlStore, language: str | None, author: str, clock: Clock
) -> ContentVersion:
    """Take the bulletin of a language, or of all, off the air; nothing changes when there is none."""

    def change(files: ContentFiles) -> ContentFiles:
        return without_bulletin(files, language)

    check, note = SettingsStudio(settings).check, f"bulletin ({language or 'all'}) taken off"
    return await revise_content(store, check, change, author, note, clock)


def _announcement(path: str, body: bytes, files: ContentFiles, now: datetime) -> Announcement:
    bulletin = read_bulletin(parse_content(body.decode(), path))
    return Announcement(
        language=bulletin.language,
        text=str(bulletin.as_prompt.data["prompts"]["bulletin"]["text"]),
        is_recorded=bulletin.clip.as_posix() in files,
        until=bulletin.until,
        is_on_air=bulletin.until is None or now < bulletin.until,
    )
