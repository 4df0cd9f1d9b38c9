"""`ivr publish`, `versions`, `rollback`, `export`: content becomes live as a whole, and can go back."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table

from ivr.cli.context import JsonOption, invocation, print_json, ui, user_name
from ivr.cli.differences import show_difference
from ivr.cli.with_store import with_store
from ivr.errors import UsageError

if TYPE_CHECKING:
    from ivr.engine.content_version import ContentFiles, ContentVersion
    from ivr.store.sql_store import SqlStore

MOST_VERSIONS = 50


def publish(
    context: typer.Context,
    note: Annotated[str, typer.Option(help="What changed and why, for those who come after.")],
    base: Annotated[
        int | None, typer.Option(help="The version these files were made from, when it is not known here.")
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Validate and show, publish nothing.")] = False,
    as_json: JsonOption = False,
) -> None:
    """Make the content folders live: flows, prompts, rules, retry rules, hours and profiles, as a whole.

    Everything is validated first, and the difference to what is live is shown with what the flow linter
    warns of. It is refused when somebody else published in between. A running engine takes it up within a
    second; calls that are up go on as they began.
    """
    from ivr.app.content import content_folders, content_of
    from ivr.app.publications import base_of
    from ivr.app.publications import publish as publish_files
    from ivr.app.reception import check_reception
    from ivr.cli.flow_findings import as_data, print_findings
    from ivr.engine.bulletin import bulletin_of
    from ivr.sources.content_bundle import read_bundle
    from ivr.sources.content_folder import lint_flows

    settings = invocation(context).settings
    check_reception(settings, content_of(settings))
    findings = lint_flows(content_folders(settings), settings.webhook_names, recorded=settings.recorded_flows)

    async def work(store: SqlStore) -> ContentVersion | None:
        live = await store.read(lambda tx: tx.content.live())
        before = await store.read(lambda tx: tx.content.files(live.id) or {}) if live else {}
        written = read_bundle(content_folders(settings))
        _show_difference(before, {**written, **bulletin_of(before)})
        print_findings(findings)
        if dry_run:
            return live
        return await publish_files(settings, store, user_name(), note, base or base_of(settings))

    version = with_store(settings, work)
    if as_json:
        print_json(
            {
                "version": version.id if version else None,
                "published": not dry_run,
                "findings": [as_data(finding) for finding in findings],
            }
        )
    elif dry_run:
        ui.print("All is usable; nothing was published.")
    elif version is not None:
        ui.print(f"Version {version.id} is live.", highlight=False)


def versions(context: typer.Context, as_json: JsonOption = False) -> None:
    """List what was published, newest first; the first line is live."""
    settings = invocation(context).settings

    async def work(store: SqlStore) -> list[ContentVersion]:
        return list(await store.read(lambda tx: tx.content.versions(MOST_VERSIONS)))

    found = with_store(settings, work)
    if as_json:
        print_json({"versions": [_plain(version) for version in found]})
        return
    table = Table("version", "published (UTC)", "by", "note", box=None)
    for version in found:
        table.add_row(
            str(version.id), f"{version.published_at:%Y-%m-%d %H:%M:%S}", version.author, version.note
        )
    ui.print(table)


def rollback(
    context: typer.Context,
    to: Annotated[int, typer.Argument(help="The version to go back to.")],
    note: Annotated[
        str | None, typer.Option(help="Why, for those who come after.", show_default=False)
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Make an older version live again, as a new version: the bulletin, too, is as it was in that version.

    It is validated as if it were written today, and the difference to what is live is shown.
    """
    from ivr.app.publications import go_back
    from ivr.engine.publish_content import files_to_go_back_to

    settings = invocation(context).settings

    async def work(store: SqlStore) -> ContentVersion:
        files = await store.read(lambda tx: files_to_go_back_to(tx, to))
        live = await store.read(lambda tx: tx.content.live())
        before = await store.read(lambda tx: tx.content.files(live.id) or {}) if live else {}
        _show_difference(before, files)
        return await go_back(settings, store, to, user_name(), note)

    version = with_store(settings, work)
    if as_json:
        print_json(_plain(version))
    else:
        ui.print(f"Version {version.id} is live: {version.note}.", highlight=False)


def export(
    context: typer.Context,
    folder: Annotated[Path, typer.Argument(help="Where to write it; made if missing, or empty.")],
    version: Annotated[int | None, typer.Option(help="Which one; default: what is live.")] = None,
    as_json: JsonOption = False,
) -> None:
    """Write a published version out as files, to look at or to go on from."""
    from ivr.app.publications import remember_base
    from ivr.sources.content_bundle import write_bundle

    settings = invocation(context).settings
    if folder.exists() and any(folder.iterdir()):
        raise UsageError(f"{folder} is not empty; name a folder that is, or a new one")

    async def work(store: SqlStore) -> int:
        live = await store.read(lambda tx: tx.content.live())
        wanted = version if version is not None else (live.id if live else None)
        files = await store.read(lambda tx: tx.content.files(wanted)) if wanted is not None else None
        if files is None or wanted is None:
            raise UsageError("there is no such version; `ivr versions` lists those there are")
        folders = write_bundle(files, folder)
        remember_base(settings, folders, wanted)
        return wanted

    written = with_store(settings, work)
    if as_json:
        print_json({"version": written, "folder": str(folder)})
    else:
        ui.print(f"Version {written} is in {folder}.", highlight=False, soft_wrap=True)


def _plain(version: ContentVersion) -> dict[str, object]:
    return {
        "version": version.id,
        "published_at": version.published_at,
        "author": version.author,
        "note": version.note,
        "base": version.base,
    }


def _show_difference(before: ContentFiles, after: ContentFiles) -> None:
    text = "".join(difference(before, after))
    if text:
        show_difference(text)
    else:
        ui.print("Nothing differs from what is live.")


def difference(before: ContentFiles, after: ContentFiles) -> Iterator[str]:
    """Yield a unified difference, file by file; of a whole file or a recording only what became of it."""
    for path in sorted({*before, *after}):
        old, new = before.get(path), after.get(path)
        if old == new:
            continue
        if old is None or new is None or path.endswith(".wav"):
            change = "added" if old is None else "removed" if new is None else "changed"
            yield f"{change}: {path}\n"
        else:
            yield from difflib.unified_diff(_lines(old), _lines(new), f"live/{path}", f"new/{path}", n=2)


def _lines(body: bytes | None) -> list[str]:
    return [] if body is None else body.decode("utf-8", "replace").splitlines(keepends=True)
