"""Whatever reaches the API, through no HTTP client that minds its manners, is answered as a problem."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ivr.web.api import create_api
from ivr.web.problems import MEDIA_TYPE
from tests.unit.engine.conftest import Engine
from tests.unit.web.asgi import HandIn, Headers, ask, hands_in
from tests.unit.web.books import books
from tests.unit.web.calls_of_all_kinds import calls_of_all_kinds
from tests.unit.web.conftest import AGENT_TOKEN, CLIENTS, desk_at

WHAT = ("story", "disposition", "", "story/")
METHODS = st.sampled_from(("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "TRACE", "get", "\u00e9"))
NAMES = st.sampled_from(
    (
        *(b"content-length", b"transfer-encoding", b"content-type", b"idempotency-key", b"accept"),
        *(b"authorization", b"host", b"expect", b"content-encoding", b"x-http-method-override"),
    )
)
HEADER_VALUES = st.binary(max_size=40) | st.sampled_from(
    (
        *(b"9" * 5_000, b"0" * 5_000 + b"7", b"-1", b"65537", b"\xb2", b"chunked", b"gzip", b"100-continue"),
        *(b"application/json", b"application/json; charset=utf-16", b"text/plain", b"multipart/form-data"),
        *(b"k1", b"k" * 201, b"\xe4", f"Bearer {AGENT_TOKEN}".encode(), b"Bearer", b"Basic YTpi"),
    )
)
BODIES = st.sampled_from(
    (
        *(b"", b"{", b"[" * 30_000, b"9" * 5_000, b"\xff\xfe", b'{"disposition": "\\ud800"}', b"NaN"),
        *(b'{"\\ud800": 1}', b'{"disposition": "resolved", "note": "\\u0000"}', b'{"disposition": 1e999}'),
        *(b'{"disposition": "callback", "call_at": 1772460000}', b"null", b'"resolved"', b" " * 70_000),
        b'{"disposition": "promise_to_pay", "promise": {"amount_minor": ' + b"9" * 4_000 + b"}}",
    )
) | st.binary(max_size=200)

RIGHT = (b"authorization", f"Bearer {AGENT_TOKEN}".encode())


@pytest.mark.parametrize("most", [80, pytest.param(1_500, marks=pytest.mark.full)])
async def test_nothing_breaks_it_and_every_refusal_is_a_sentence(
    engine: Engine, tmp_path: Path, most: int
) -> None:
    calls, file = await calls_of_all_kinds(engine), tmp_path / "store.db"
    api = create_api(desk_at(engine), CLIENTS)
    addresses = st.sampled_from([f"/api/v1/calls/{each}/{what}" for each in calls for what in WHAT])
    headers = st.lists(st.tuples(NAMES, HEADER_VALUES), max_size=4)

    def examples(hand_in: HandIn[Any]) -> None:
        @settings(max_examples=most, suppress_health_check=list(HealthCheck))
        @given(METHODS, addresses | st.text(max_size=30), headers, st.booleans(), BODIES)
        def asks(method: str, path: str, more: Headers, is_known: bool, body: bytes) -> None:
            before = books(file)
            sent = [RIGHT, *more] if is_known else more
            pieces = (body[:50], body[50:])
            answered = hand_in(ask(api, method, path, headers=sent, body=pieces))
            assert answered.status < 500
            assert is_known or answered.status == 401 or RIGHT in more
            if answered.status >= 400:
                assert answered.headers["content-type"] == MEDIA_TYPE
                assert json.loads(answered.body)["detail"].endswith(".")
                assert books(file) == before

        asks()

    await hands_in(examples)


@pytest.mark.parametrize(
    "body", [b"\xff\xfe", b"[" * 30_000, b"9" * 5_000, b'{"disposition": "resolved", "note": "\xe4"}']
)
async def test_a_body_of_which_nothing_can_be_read_is_told_as_that(engine: Engine, body: bytes) -> None:
    [call, *_] = await calls_of_all_kinds(engine)
    api = create_api(desk_at(engine), CLIENTS)
    sent = [RIGHT, (b"idempotency-key", b"k1"), (b"content-type", b"application/json")]
    answered = await ask(api, "POST", f"/api/v1/calls/{call}/disposition", headers=sent, body=(body,))
    assert answered.status == 422
    assert json.loads(answered.body)["detail"] == "body: it is no JSON; send one JSON object in UTF-8."


@pytest.mark.parametrize(
    ("length", "status"), [(b"9" * 5_000, 413), (b"65537", 413), (b"0" * 5_000, 404), (b"\xb2", 413)]
)
async def test_the_length_of_a_body_may_be_any_number(engine: Engine, length: bytes, status: int) -> None:
    api = create_api(desk_at(engine), CLIENTS)
    answered = await ask(api, "GET", "/nothing", headers=[RIGHT, (b"content-length", length)])
    assert answered.status == status
