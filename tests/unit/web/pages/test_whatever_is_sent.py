"""Whatever is sent to a page behind a link: nothing breaks, nothing is settled or told that may not be."""

from __future__ import annotations

import json
import re
import time
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from ivr.flows.compliance import ForwardWay
from ivr.gateways.stripe_events import StripeEvents
from tests.unit.web.asgi import HandIn, ask, hands_in
from tests.unit.web.books import books
from tests.unit.web.pages.conftest import RIGHT, Post, passed_on, under
from tests.unit.web.pages.strangers import (
    BODIES,
    HEADERS_SENT,
    PAIRS,
    VALUES,
    VERBS,
    Behind,
    changed,
    is_safe,
    pages_of,
    tells_nothing,
)
from tests.unit.web.pages.test_routes import everything_logged

TRIES = 25
ASKS = ("GET", "HEAD", "OPTIONS", "PUT", "PATCH", "DELETE", "PROPFIND", "get", "\u00e9")
LINKS = ("payment-link", "answer-link", "payment-approval", "forward")
OF_TRIES = {"factor_tries", "lockouts"}
"""The tables in which wrong proofs are counted."""


@pytest.fixture(params=LINKS)
async def behind(request: pytest.FixtureRequest, post: Post, tmp_path: Path) -> Behind:
    """A link that was sent, under a profile that tells nobody anything without a proof."""
    kind = request.param
    if kind == "forward":
        url = await passed_on(post, (ForwardWay.LINK,))
    else:
        post.engine.contents.go_live(under("us-debt-collection", post.engine.contents.live).live)
        url = await post.gets_a_link(kind)
    app, desk = pages_of(post.desk)
    behind = Behind(app, desk, url.rpartition("/")[2], tmp_path / "store.db")
    is_safe(await ask(app, "GET", behind.path))  # when it was opened first is kept
    return behind


async def page_of(behind: Behind) -> str:
    """Return the seal of a page that nobody has proved anything on."""
    shown = (await ask(behind.app, "GET", behind.path)).text
    found = re.search(r'name="page" value="([^"]+)"', shown)
    return "" if found is None else found[1]


SUFFIXES = st.sampled_from(("", "", "/comment", "/", "/comment/x", "%2f..", "?")) | st.text(max_size=8)


async def test_to_open_a_link_in_whatever_way_settles_and_tells_nothing(behind: Behind) -> None:
    before = books(behind.file)
    sealed = await page_of(behind)
    queries = PAIRS.map(urlencode) | st.just(urlencode({"page": sealed, "do": "stop", "what": "all"}))

    def examples(hand_in: HandIn[Any]) -> None:
        @settings(max_examples=TRIES)
        @given(st.sampled_from(ASKS), SUFFIXES, queries | st.binary().map(repr), HEADERS_SENT, BODIES)
        def opens(
            method: str, suffix: str, query: str, headers: list[tuple[bytes, bytes]], body: bytes
        ) -> None:
            asked = ask(
                behind.app,
                method,
                behind.path + suffix,
                query=query.encode(),
                headers=headers,
                body=(body,),
            )
            answered = hand_in(asked)
            is_safe(answered)
            tells_nothing(answered)
            assert changed(before, books(behind.file)) == set()

        opens()

    with everything_logged() as logs:
        await hands_in(examples)
    assert behind.token not in json.dumps(logs, default=repr)


async def test_what_no_page_of_ours_sent_settles_and_tells_nothing(behind: Behind) -> None:
    before = books(behind.file)

    def examples(hand_in: HandIn[Any]) -> None:
        @settings(max_examples=TRIES)
        @given(BODIES, BODIES, HEADERS_SENT)
        def posts(body: bytes, more: bytes, headers: list[tuple[bytes, bytes]]) -> None:
            answered = hand_in(ask(behind.app, "POST", behind.path, headers=headers, body=(body, more)))
            is_safe(answered)
            tells_nothing(answered)
            assert changed(before, books(behind.file)) == set()

        posts()

    with everything_logged() as logs:
        await hands_in(examples)
    assert behind.token not in json.dumps(logs, default=repr)


FIRST_STEPS = st.sampled_from([verb for verb in VERBS if verb not in ("not_me", "stop", "read", "never")])


async def test_who_has_proved_nothing_gets_to_nothing_by_naming_what_comes_later(behind: Behind) -> None:
    before, sealed = books(behind.file), await page_of(behind)

    def examples(hand_in: HandIn[Any]) -> None:
        @settings(max_examples=TRIES)
        @given(FIRST_STEPS | VALUES, PAIRS, st.sampled_from((0, 1, -1)))
        def posts(verb: str, pairs: list[tuple[str, str]], place: int) -> None:
            assume(verb not in ("not_me", "stop", "read", "never"))
            given_away = re.sub("[^0-9]", "", RIGHT)
            assume(all(re.sub("[^0-9]", "", value) != given_away for _, value in pairs))
            pairs = [pair for pair in pairs if pair[0] not in ("do", "page")]
            fields = [*pairs, ("do", verb), ("page", sealed)]
            if place:  # twice, the last one counts
                fields.insert(0, ("page", "forged"))
            answered = hand_in(ask(behind.app, "POST", behind.path, body=(urlencode(fields).encode(),)))
            is_safe(answered)
            tells_nothing(answered)
            assert changed(before, books(behind.file)) <= OF_TRIES

        posts()

    with everything_logged() as logs:
        await hands_in(examples)
    assert behind.token not in json.dumps(logs, default=repr)
    assert sealed not in json.dumps(logs, default=repr) or not sealed


MOMENTS = st.builds(lambda: int(time.time())) | st.integers()
TOKENS = st.text(max_size=80) | st.from_regex(r"[A-Za-z0-9_-]{10,64}", fullmatch=True)


async def test_a_token_that_nobody_was_sent_leads_nowhere(post: Post, tmp_path: Path) -> None:
    app, _ = pages_of(post.desk)
    before = books(tmp_path / "store.db")

    def examples(hand_in: HandIn[Any]) -> None:
        @settings(max_examples=TRIES)
        @given(st.sampled_from(("GET", "HEAD", "POST")), TOKENS, SUFFIXES, HEADERS_SENT, BODIES)
        def asks(
            method: str, token: str, suffix: str, headers: list[tuple[bytes, bytes]], body: bytes
        ) -> None:
            address = f"/l/{token}{suffix}"
            answered = hand_in(ask(app, method, address, headers=headers, body=(body,)))
            is_safe(answered)
            assert answered.status in (404, 405)
            assert books(tmp_path / "store.db") == before

        asks()

    await hands_in(examples)


async def test_what_the_provider_has_not_signed_is_no_notice(post: Post, tmp_path: Path) -> None:
    app, _ = pages_of(replace(post.desk, notices=StripeEvents("whsec_test")))
    before = books(tmp_path / "store.db")
    signatures = st.binary(max_size=40) | st.builds(b"t=%d,v1=%b".__mod__, st.tuples(MOMENTS, st.binary()))

    def examples(hand_in: HandIn[Any]) -> None:
        @settings(max_examples=TRIES)
        @given(signatures, HEADERS_SENT, BODIES)
        def posts(signature: bytes, headers: list[tuple[bytes, bytes]], body: bytes) -> None:
            sent = [*headers, (b"stripe-signature", signature)]
            answered = hand_in(ask(app, "POST", "/l/payments", headers=sent, body=(body,)))
            is_safe(answered)
            assert answered.status == 400
            assert books(tmp_path / "store.db") == before

        posts()

    await hands_in(examples)


async def test_who_comes_back_from_a_payment_that_is_not_there_changes_nothing(
    post: Post, tmp_path: Path
) -> None:
    app, _ = pages_of(post.desk)
    before = books(tmp_path / "store.db")

    def examples(hand_in: HandIn[Any]) -> None:
        @settings(max_examples=TRIES)
        @given(st.sampled_from(("GET", "HEAD", "POST")), st.text(max_size=60), HEADERS_SENT)
        def comes(method: str, intent_id: str, headers: list[tuple[bytes, bytes]]) -> None:
            answered = hand_in(ask(app, method, f"/l/back/{intent_id}", headers=headers))
            is_safe(answered)
            assert answered.status in (404, 405)
            assert books(tmp_path / "store.db") == before

        comes()

    await hands_in(examples)
