"""Make a set of files the live content, or refuse: nothing half published, nobody's work overwritten."""

from __future__ import annotations

from datetime import datetime

from ivr.engine.bulletin import bulletin_of, without_bulletin
from ivr.engine.content_version import ContentFiles, ContentVersion, digest_of
from ivr.engine.ports import Transaction
from ivr.errors import UsageError


def publish_content(
    tx: Transaction, files: ContentFiles, author: str, note: str, base: int | None, now: datetime
) -> ContentVersion:
    """Store `files`, which must be valid, as the live version; publishing what is live changes nothing.

    `base` is the version that the files were made from. Raises UsageError when another one is live by now,
    and for a note that says nothing.
    """
    _must_say_something(note)
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


def publish_working_copy(
    tx: Transaction, files: ContentFiles, author: str, note: str, base: int | None, now: datetime
) -> ContentVersion:
    """Publish what people wrote, and leave the bulletin as it is: it is in no working copy.

    That a bulletin was put on the air or taken off since `base` stands in nobody's way. Raises UsageError as
    `publish_content` does.
    """
    live = tx.content.live()
    of_live = tx.content.files(live.id) or {} if live else {}
    if live is not None and base is not None and live.id != base:
        of_base = tx.content.files(base)
        if of_base is not None and without_bulletin(of_base) == without_bulletin(of_live):
            base = live.id
    return publish_content(tx, {**files, **bulletin_of(of_live)}, author, note, base, now)


def files_to_go_back_to(tx: Transaction, to: int) -> ContentFiles:
    """Return the files of an older version; raises UsageError when there is none."""
    files = tx.content.files(to)
    if files is None:
        raise UsageError(f"there is no version {to}; `ivr versions` lists those there are")
    return files


def roll_back(tx: Transaction, to: int, author: str, note: str | None, now: datetime) -> ContentVersion:
    """Publish an older version's files, which must be valid still, again as a new version.

    Its note names the older version, with `note` as the reason. Raises UsageError when there is no such
    version, and for a note that says nothing.
    """
    if note is not None:
        _must_say_something(note)
    files = files_to_go_back_to(tx, to)
    live = tx.content.live()
    if live is not None and live.digest == digest_of(files):
        return live
    reason = f"roll back to version {to}" + (f": {note}" if note else "")
    return tx.content.add(files, author, reason, live.id if live else None, now)


def _must_say_something(note: str) -> None:
    if not note.strip():
        raise UsageError("the note is empty; say what changed and why, for those who come after")
