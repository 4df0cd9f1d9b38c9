"""The command sets up logging for its whole process; here that process goes on with other tests."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import structlog


@pytest.fixture(autouse=True)
def _logs_as_before() -> Iterator[None]:
    """Forget the command's logging, which goes to a stream that is closed by the end of the test."""
    yield
    structlog.reset_defaults()
