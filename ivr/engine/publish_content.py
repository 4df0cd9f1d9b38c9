"""Make a set of files the live content, or refuse: nothing half published, nobody's work overwritten."""

from __future__ import annotations

from datetime import datetime

from ivr.engine.content_version import ContentFiles, ContentVersion, digest_of
from ivr.engine.ports import Transaction
from ivr.errors import UsageError


def publish_content(
    tx: Transaction, files: ContentFiles, author: str, note: str, base: int | None, now: datetime
) -> ContentVersion:
    """Store `files`, which must be valid, as the live version; publishing what is live changes nothing.

    `base` is the version that the files were made from. Raises UsageError when another one is live by now.
    """
    live = tx.content.live()
    if live is not None and live.digest == digest_of(files):
        return live
    if live is not None and live.id != base:
        made_from = f"version {base}" if base is not None else "no known version"
        raise UsageError(
            f"version {live.id} is live ({live.author}: {live.note}), and these files were made from"
            f" {made_from}; bring its changes into them (`ivr export FOLDER` writes it out), then name it"
            f" with --base {live.id}"
        )
    return tx.content.add(files, author, note, live.id if live else None, now)


def roll_back(tx: Transaction, to: int, author: str, now: datetime) -> ContentVersion:
    """Publish an older version's files again, as a new version; raises UsageError when there is none."""
    live = tx.content.live()
    files = tx.content.files(to)
    if files is None or live is None:
        raise UsageError(f"there is no version {to}; `ivr versions` lists those there are")
    if live.digest == digest_of(files):
        return live
    return tx.content.add(files, author, f"roll back to version {to}", live.id, now)
