"""Fixtures of the live tests of the carrier."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from tests.acceptance.phone import phone_book
from tests.asterisk.carrier.bare_engine import BareEngine
from tests.asterisk_pair import (
    AsteriskPair,
    Place,
    asterisk_pair,
    client_of,
    inbound_app,
    ivr_home,
    place,
    prompt_listener,
    town,
    town_log,
)

__all__ = [
    "asterisk_pair",
    "engine",
    "inbound_app",
    "ivr_home",
    "phone_book",
    "place",
    "prompt_listener",
    "town",
    "town_log",
]


@pytest.fixture
async def engine(asterisk_pair: AsteriskPair, place: Place) -> AsyncIterator[BareEngine]:
    """The engine's Asterisk with nothing but ARI on top."""
    async with client_of(asterisk_pair.engine.connection(), place.engine_app) as client:
        await client.connect()
        yield BareEngine(client)
