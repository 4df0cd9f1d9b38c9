"""One piece of work on the database of the settings, for commands that need no engine."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from ivr.settings import Settings
    from ivr.store.sql_store import SqlStore

T = TypeVar("T")


def with_store(settings: Settings, work: Callable[[SqlStore], Awaitable[T]]) -> T:
    """Open the store, do `work` on it, close it; makes the data folder when it is not there."""
    import asyncio

    from ivr.store.sql_store import open_store

    async def run() -> T:
        async with open_store(settings.store_url) as store:
            return await work(store)

    settings.home.mkdir(parents=True, exist_ok=True, mode=0o700)
    return asyncio.run(run())
