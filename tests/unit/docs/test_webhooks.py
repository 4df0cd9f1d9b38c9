"""The page for integrators says what a request is, and its check takes what we sign and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from ivr.webhooks.http_webhooks import MOST_BYTES
from ivr.webhooks.signature import HEADER, signature
from tests.unit.docs.pages import blocks, page

PAGE = page("webhooks.md")
KEY, BODY = "0123456789abcdef0123456789abcdef", b'{"order": "4711"}'
NOW = datetime(2026, 3, 2, 15, 0, tzinfo=UTC)
SIGNED = signature(KEY.encode(), BODY, NOW)

IsGenuine = Callable[[bytes, str, str, float], bool]


@pytest.fixture
def is_genuine() -> IsGenuine:
    (snippet,) = blocks(PAGE, "python")
    names: dict[str, Any] = {}
    exec(snippet, names)  # noqa: S102 (it is our own page)
    checked: IsGenuine = names["is_genuine"]
    return checked


@pytest.mark.parametrize("later", [-300, 0, 300])
def test_what_we_sign_is_genuine_for_five_minutes(is_genuine: IsGenuine, later: int) -> None:
    assert is_genuine(BODY, SIGNED, KEY, NOW.timestamp() + later)


def test_fields_that_are_added_later_do_no_harm(is_genuine: IsGenuine) -> None:
    assert is_genuine(BODY, f"{SIGNED},v2=abc", KEY, NOW.timestamp())


@pytest.mark.parametrize(
    ("body", "signed", "key", "later"),
    [
        (BODY + b" ", SIGNED, KEY, 0),
        (BODY, SIGNED, "f" * 32, 0),
        (BODY, SIGNED, KEY, 301),
        (BODY, SIGNED.replace("t=17", "t=18"), KEY, 0),
        (BODY, SIGNED.partition(",")[0], KEY, 0),
        (BODY, "", KEY, 0),
        (BODY, "v1=,t=x", KEY, 0),
        (BODY, SIGNED.replace("v1=", "v1=é"), KEY, 0),
    ],
)
def test_nothing_else_is(is_genuine: IsGenuine, body: bytes, signed: str, key: str, later: int) -> None:
    assert not is_genuine(body, signed, key, NOW.timestamp() + later)


def test_headers_and_limits_are_those_of_a_request() -> None:
    assert HEADER in PAGE
    assert "Idempotency-Key" in PAGE
    assert f"{MOST_BYTES // 1024} KiB" in PAGE
