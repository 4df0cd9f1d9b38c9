"""Who leads, and under which epoch."""

from __future__ import annotations

from pathlib import Path

from ivr.app.leadership import leading
from ivr.clock import utc_now
from ivr.store.sql_store import open_store


async def test_a_database_that_counts_lower_than_the_switch_has_seen_counts_on_from_there(
    tmp_path: Path,
) -> None:
    async with (
        open_store(f"sqlite:///{tmp_path / 'new.db'}") as store,
        leading(store, utc_now, above=3) as owner,
    ):
        assert owner.epoch > 3


async def test_each_leader_has_a_higher_epoch_than_the_one_before(tmp_path: Path) -> None:
    async with open_store(f"sqlite:///{tmp_path / 'store.db'}") as store:
        async with leading(store, utc_now) as first:
            pass
        async with leading(store, utc_now) as second:
            assert second.epoch > first.epoch
