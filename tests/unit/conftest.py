"""What holds for all unit tests."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import structlog


@pytest.fixture(autouse=True)
def own_log() -> Iterator[None]:
    """Let no test log to where one before it did: a command's standard error is closed with it."""
    yield
    structlog.reset_defaults()
