"""Change something in what is live and publish it, whatever working copies people have."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from ivr.clock import Clock
from ivr.engine.content_version import ContentFiles, ContentVersion
from ivr.engine.ports import Store, Transaction
from ivr.engine.publish_content import publish_content
from ivr.errors import UsageError

_TRIES = 3

Change = Callable[[ContentFiles], ContentFiles]
Check = Callable[[ContentFiles], Awaitable[None]]
"""Raises ContentError for files that can't be used."""


async def revise_content(
    store: Store, check: Check, change: Change, author: str, note: str, clock: Clock
) -> ContentVersion:
    """Publish what `change` makes of the live files, once `check` has nothing against it.

    When somebody publishes meanwhile it is done again on theirs. Raises UsageError when nothing is published
    yet, and ContentError for what can't be used; then nothing was changed.
    """
    for left in reversed(range(_TRIES)):
        base, files = await _live(store)
        changed = change(files)
        await check(changed)
        now = clock()
        try:
            return await store.write(lambda tx: publish_content(tx, changed, author, note, base, now))  # noqa: B023
        except UsageError:
            if not left:
                raise
    raise AssertionError  # the last try returns or raises


async def _live(store: Store) -> tuple[int, ContentFiles]:
    def work(tx: Transaction) -> tuple[int, ContentFiles]:
        live = tx.content.live()
        if live is None:
            raise UsageError("nothing is published yet; `ivr publish` does it, and the engine's first start")
        return live.id, tx.content.files(live.id) or {}

    return await store.read(work)
