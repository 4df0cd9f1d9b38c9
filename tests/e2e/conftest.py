"""A real browser that opens the pages of a real engine's links."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Browser, async_playwright

from ivr.errors import InstallError
from tests.asterisk_pair import ivr_home
from tests.e2e.chromium import Chromium, find_chromium
from tests.unit.web.pages.conftest import content, empty_database, engine, post, store

__all__ = ["content", "empty_database", "engine", "ivr_home", "post", "store"]


@pytest.fixture(scope="session")
def chromium(ivr_home: object) -> Chromium:
    """Return the browser; without one the tests are skipped, and it is said why."""
    from pathlib import Path

    try:
        return find_chromium(Path(str(ivr_home)))
    except InstallError as error:
        pytest.skip(f"no Chromium: {error}")


@pytest.fixture
async def browser(chromium: Chromium) -> AsyncIterator[Browser]:
    """Return the browser, running."""
    async with async_playwright() as playwright:
        running = await playwright.chromium.launch(
            executable_path=str(chromium.program),
            args=["--no-sandbox"],
            env={**chromium.environment} or None,
        )
        yield running
        await running.close()
