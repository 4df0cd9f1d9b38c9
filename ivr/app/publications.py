"""Published content as the engine takes it: out of the database, into a folder of its own, checked again."""

from __future__ import annotations

import asyncio
import json
from dataclasses import replace
from pathlib import Path

from ivr.app.content import content_folders, content_in, content_of, published_content
from ivr.app.reception import check_reception
from ivr.attempts.rule_book import RuleBook
from ivr.clock import utc_now
from ivr.engine.content import Content, Contents
from ivr.engine.content_version import ContentFiles, ContentVersion
from ivr.engine.ports import Transaction
from ivr.engine.publish_content import files_to_go_back_to, publish_working_copy, roll_back
from ivr.errors import StoreError
from ivr.settings import Settings
from ivr.sources.content_bundle import read_bundle, write_bundle
from ivr.sources.content_folder import ContentFolders, load_rules
from ivr.store.sql_store import SqlStore


async def published_contents(settings: Settings, store: SqlStore) -> Contents:
    """Return the live content with the versions that open alerts and calls stand on.

    The first start publishes what lies in the content folders. Raises ContentError when that can't be used.
    """
    live = await store.read(lambda tx: tx.content.live())
    if live is None:
        live = await publish(settings, store, "starter", "what came with the installation", None)
    pinned = await store.read(lambda tx: tx.content.in_use())
    older = [await _load(settings, store, version) for version in pinned if version != live.id]
    return Contents(await _load(settings, store, live.id), older)


async def live_rules(settings: Settings, store: SqlStore) -> RuleBook:
    """Return the live rules alone; before anything was published, those that the first start would publish.

    Publishes nothing. Raises ContentError when they can't be used.
    """
    live = await store.read(lambda tx: tx.content.live())
    if live is None:
        return load_rules(content_folders(settings))
    return load_rules(await _write_out(settings, store, live.id))


async def publish(
    settings: Settings, store: SqlStore, author: str, note: str, base: int | None
) -> ContentVersion:
    """Validate all content as a whole and make it live, beside the bulletin that is on the air.

    Raises ContentError for what can't be used, and UsageError when `base` is not what is live.
    """
    check_reception(settings, content_of(settings))
    files = read_bundle(content_folders(settings))
    version = await store.write(lambda tx: publish_working_copy(tx, files, author, note, base, utc_now()))
    remember_base(settings, content_folders(settings), version.id)
    return version


async def go_back(
    settings: Settings, store: SqlStore, to: int, author: str, note: str | None
) -> ContentVersion:
    """Validate an older version as if it were written today, and make it live again.

    Raises ContentError for what can't be used any more, and UsageError when there is no such version.
    """
    files = await store.read(lambda tx: files_to_go_back_to(tx, to))
    content_in(settings, write_bundle(files, _folder_of(settings, to)))
    return await store.write(lambda tx: roll_back(tx, to, author, note, utc_now()))


async def newly_published(settings: Settings, store: SqlStore, contents: Contents) -> Content | None:
    """Return the live version's content when it is not the one that `contents` has as live."""
    live = await store.read(lambda tx: tx.content.live())
    if live is None or live.id == contents.live.version:
        return None
    return await _load(settings, store, live.id)


async def _load(settings: Settings, store: SqlStore, version: int) -> Content:
    folders = await _write_out(settings, store, version)
    content = await asyncio.to_thread(published_content, settings, folders)
    return replace(content, version=version)


async def _write_out(settings: Settings, store: SqlStore, version: int) -> ContentFolders:
    """Write a version's files into a folder of its own, and return where they are."""

    def read(tx: Transaction) -> ContentFiles | None:
        return tx.content.files(version)

    files = await store.read(read)
    if files is None:
        raise StoreError(f"version {version} of the content is not in the database")
    return await asyncio.to_thread(write_bundle, files, _folder_of(settings, version))


def _folder_of(settings: Settings, version: int) -> Path:
    return settings.home / "content" / str(version)


def remember_base(settings: Settings, folders: ContentFolders, version: int) -> None:
    """Note which version the working copy in `folders` was made from."""
    file = _bases(settings)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps({**_read_bases(file), _key(folders): version}), encoding="utf-8")


def base_of(settings: Settings) -> int | None:
    """Return the version that the working copy was made from; None when nobody knows."""
    return _read_bases(_bases(settings)).get(_key(content_folders(settings)))


def _bases(settings: Settings) -> Path:
    return settings.home / "content" / "bases.json"


def _key(folders: ContentFolders) -> str:
    return str(folders.flows.resolve())


def _read_bases(file: Path) -> dict[str, int]:
    if not file.exists():
        return {}
    bases: dict[str, int] = json.loads(file.read_text(encoding="utf-8"))
    return bases
