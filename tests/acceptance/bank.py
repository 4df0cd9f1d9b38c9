"""A bank whose engine calls the people of the test: built from the real parts, on the shared pair."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta

from ivr.app.engine import Engine
from ivr.calls.recording import Recording
from ivr.clock import utc_now
from ivr.engine.import_customers import import_customers
from ivr.engine.keep_recordings import keep_recordings
from ivr.engine.scan_rule import Scanned, scan_rule
from ivr.gateways.sandbox import SandboxGateway
from ivr.store.reports import known_recordings
from tests.acceptance.books import Story, story_of
from tests.acceptance.customers import Customer

A_WHILE = 100.0
"""Seconds within which what a test waits for is written down."""
_LOOK_AGAIN = 0.25
"""Seconds between two looks into the books."""


class MovableClock:
    """The machine's clock, set forward or back."""

    def __init__(self) -> None:
        self._ahead = timedelta(0)

    def __call__(self) -> datetime:
        return utc_now() + self._ahead

    def set_to(self, moment: datetime) -> None:
        """Let it be `moment` now."""
        self._ahead = moment.astimezone(UTC) - utc_now()

    def advance(self, span: timedelta) -> None:
        """Let `span` go by."""
        self._ahead += span


class Bank:
    """An engine at work, and its books."""

    def __init__(self, engine: Engine, gateway: SandboxGateway) -> None:
        self.engine = engine
        self.gateway = gateway
        """The payment provider, with books of its own."""

    async def calls(self, *customers: Customer) -> None:
        """Take customers in and let the rule find them: their telephones will ring."""
        await self.takes_in(*customers)
        await self.scans()

    async def takes_in(self, *customers: Customer) -> None:
        """Import customers."""
        await import_customers(self.engine.store, [customer.record for customer in customers])

    async def scans(self) -> Sequence[Scanned]:
        """Let every rule look for matches now, as the schedule does."""
        engine = self.engine
        rules = engine.contents.live.book.rules.values()
        scanned = [
            await scan_rule(engine.world, engine.contents, rule, engine.world.clock()) for rule in rules
        ]
        engine.dispatcher.wake()
        return scanned

    async def story(self, customer: Customer) -> Story:
        """Return what is written down about a customer now."""
        return await self.engine.store.read(lambda tx: story_of(tx, customer.id))

    async def story_once(
        self, customer: Customer, holds: Callable[[Story], bool], within: float = A_WHILE
    ) -> Story:
        """Return the customer's story as soon as `holds` is true of it; AssertionError when it never is."""
        story = await self.story(customer)
        try:
            async with asyncio.timeout(within):
                while not holds(story):
                    await asyncio.sleep(_LOOK_AGAIN)  # the books are a database, which tells nobody
                    story = await self.story(customer)
        except TimeoutError:
            raise AssertionError(f"this was waited for in vain; the books say: {story}") from None
        return story

    async def story_after(self, customer: Customer, attempts: int = 1) -> Story:
        """Return the customer's story once so many attempts were made and are over."""
        return await self.story_once(customer, lambda story: len(story.closed) >= attempts)

    async def recordings(self) -> Sequence[Recording]:
        """Return all recordings once each of them is kept, by us or by the engine's own clock."""
        async with asyncio.timeout(A_WHILE):
            while True:
                await keep_recordings(self.engine.world)
                found = await self.engine.store.read(known_recordings)
                if found and all(each.ended_at is not None for each in found):
                    return found
                await asyncio.sleep(_LOOK_AGAIN)

    async def stop_all(self) -> None:
        """Say `ivr stop-all`."""
        await self.engine.store.write(
            lambda tx: tx.controls.set_stopped(True, "test", self.engine.world.clock())
        )

    async def resume_all(self) -> None:
        """Say `ivr resume-all`."""
        await self.engine.store.write(
            lambda tx: tx.controls.set_stopped(False, "test", self.engine.world.clock())
        )

    async def go_live(self) -> None:
        """Say `ivr go-live`."""
        await self.engine.store.write(
            lambda tx: tx.controls.set_live(True, "test", self.engine.world.clock())
        )
