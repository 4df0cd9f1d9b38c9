"""An answer counts when it is a JSON object that can be kept."""

from __future__ import annotations

import json

import pytest

from ivr.errors import WebhookError
from ivr.flows.values import to_json
from ivr.webhooks.answer import MOST_LEVELS, read_answer


def nested(levels: int) -> bytes:
    return b'{"a":' * levels + b"1" + b"}" * levels


def test_an_object_is_returned_as_it_is() -> None:
    answer = {"order": {"status": "sent", "parts": [1, 2.5, None, True, "ñ"]}}
    assert read_answer(json.dumps(answer).encode()) == answer


@pytest.mark.parametrize(
    "body",
    [b"", b"sent", b"<html>", b'{"a": 1', b"\xff\xfe", b'{"a": NaN}', b'{"a": 1e999}', b'{"a": "\\ud800"}'],
)
def test_what_is_no_json_or_none_that_can_be_written_again_does_not_count(body: bytes) -> None:
    with pytest.raises(WebhookError, match="the answer is no JSON"):
        read_answer(body)


@pytest.mark.parametrize("body", [b"[1]", b'"sent"', b"17", b"null"])
def test_json_that_is_no_object_does_not_count(body: bytes) -> None:
    with pytest.raises(WebhookError, match="JSON, but no object"):
        read_answer(body)


@pytest.mark.parametrize("body", [b'{"a": "\\u0000"}', nested(MOST_LEVELS + 1)])
def test_an_object_that_a_database_or_a_stored_state_can_not_hold_does_not_count(body: bytes) -> None:
    with pytest.raises(WebhookError, match="can't be kept"):
        read_answer(body)


def test_one_that_is_deep_beyond_all_reading_does_not_count() -> None:
    with pytest.raises(WebhookError):
        read_answer(nested(10_000))


def test_the_deepest_that_counts_can_be_kept() -> None:
    assert to_json(read_answer(nested(MOST_LEVELS)))
