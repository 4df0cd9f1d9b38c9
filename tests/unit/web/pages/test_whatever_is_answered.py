"""Whatever somebody whom we know sends from a page of ours is done once, or told to be of no use."""

from __future__ import annotations

import re
import shutil
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ivr.flows.compliance import ForwardWay
from ivr.flows.factor import Factor
from ivr.prompts.content_tier import ContentTier
from ivr.store.database import create_reading_engine, create_writing_engine, parse_database_url
from ivr.store.sql_store import SqlStore
from ivr.web.pages.visit import Visit
from tests.unit.engine.scripted import SUCCEEDED, ScriptedGateway
from tests.unit.web.asgi import HandIn, Headers, ask, hands_in
from tests.unit.web.books import books
from tests.unit.web.pages.conftest import COMMENT, Post, passed_on
from tests.unit.web.pages.strangers import (
    HEADERS_SENT,
    PAIRS,
    VALUES,
    VERBS,
    changed,
    is_safe,
    pages_of,
    tells_nothing,
)

LINKS = ("payment-link", "answer-link", "payment-approval", "forward")
SEEN_EACH_TIME = {"factor_tries", "lockouts"}
TRIES = [15, pytest.param(400, marks=pytest.mark.full)]


@dataclass
class Prepared:
    """A link whose page is open before somebody of whom we are sure, and the books at that moment."""

    post: Post
    token: str
    sealed: str
    books: Path
    is_forwarded: bool

    @asynccontextmanager
    async def pages(self, file: Path) -> AsyncIterator[Any]:
        """Give the pages of an engine whose books are a copy of those."""
        shutil.copy(self.books, file)
        url = parse_database_url(f"sqlite:///{file}")
        store = SqlStore(create_writing_engine(url), create_reading_engine(url))
        gateway = ScriptedGateway(confirms=[SUCCEEDED] * 9, look_ups=[SUCCEEDED] * 9)
        world = replace(self.post.desk.world, store=store, gateway=gateway)
        try:
            yield pages_of(replace(self.post.desk, world=world))[0]
        finally:
            await store.close()


@pytest.fixture(params=LINKS)
async def prepared(request: pytest.FixtureRequest, post: Post, tmp_path: Path) -> Prepared:
    is_forwarded = request.param == "forward"
    if is_forwarded:
        url = await passed_on(post, (ForwardWay.LINK,))
    else:
        url = await post.gets_a_link(request.param)
    assert (await post.reader.opens(url)).status == 200
    copy = tmp_path / "prepared.db"
    with closing(sqlite3.connect(tmp_path / "store.db")) as live, closing(sqlite3.connect(copy)) as kept:
        live.backup(kept)
        [[link_id]] = live.execute("SELECT id FROM links ORDER BY created_at DESC LIMIT 1").fetchall()
    tier = ContentTier.CONFIRMED if is_forwarded else ContentTier.VERIFIED
    proof = None if is_forwarded else Factor.BIRTH_DATE
    visit = Visit("v1", link_id, post.engine.clock(), tier, proof, 12_345)
    return Prepared(post, url.rpartition("/")[2], post.desk.seals.seal(visit), copy, is_forwarded)


@pytest.mark.parametrize("most", TRIES)
async def test_an_answer_is_kept_once_or_told_to_be_none(
    prepared: Prepared, tmp_path: Path, most: int
) -> None:
    before, path = books(prepared.books), f"/l/{prepared.token}"

    async def sends_twice(fields: list[tuple[str, str]]) -> None:
        file = tmp_path / "tried.db"
        async with prepared.pages(file) as app:
            body = urlencode([*fields, ("page", prepared.sealed)]).encode()
            answers = []
            for _ in range(2):
                answers.append(await ask(app, "POST", path, body=(body,)))
                is_safe(answers[-1])
                if prepared.is_forwarded:
                    tells_nothing(answers[-1])
                after = changed(before, books(file))
                if answers[-1].status >= 400:
                    assert after <= SEEN_EACH_TIME
                if len(answers) == 1:
                    kept = books(file)
            assert changed(kept, books(file)) <= SEEN_EACH_TIME, "the same again"

    def examples(hand_in: HandIn[Any]) -> None:
        @settings(max_examples=most, suppress_health_check=list(HealthCheck))
        @given(st.sampled_from(VERBS) | VALUES, PAIRS)
        def answers(verb: str, pairs: list[tuple[str, str]]) -> None:
            hand_in(sends_twice([pair for pair in pairs if pair[0] != "page"] + [("do", verb)]))
            for each in tmp_path.glob("tried.db*"):
                each.unlink()

        answers()

    await hands_in(examples)


@dataclass
class Voice:
    """What somebody said with what they passed on, before who has read the message."""

    app: Any
    path: str
    query: bytes


@pytest.fixture
async def voice(post: Post, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Voice:
    path = "/l/" + (await passed_on(post, (ForwardWay.LINK,))).rpartition("/")[2]
    app, _ = pages_of(post.desk)
    file = tmp_path / f"{COMMENT}.wav"
    file.write_bytes(b"RIFF" + bytes(96))
    monkeypatch.setattr(type(post.engine.recordings), "file", lambda _self, _name: file)
    [sealed] = set(re.findall(r'name="page" value="([^"]+)"', (await ask(app, "GET", path)).text))
    read = await ask(app, "POST", path, body=(urlencode({"do": "read", "page": sealed}).encode(),))
    [query] = re.findall(r'<audio[^>]* src="[^"]*\?([^"]+)"', read.text)
    return Voice(app, f"{path}/comment", query.encode())


async def test_a_voice_is_played_in_whatever_part_is_asked_for(voice: Voice, tmp_path: Path) -> None:
    before = books(tmp_path / "store.db")

    def examples(hand_in: HandIn[Any]) -> None:
        @settings(max_examples=40)
        @given(HEADERS_SENT, st.sampled_from(("GET", "HEAD", "POST")))
        def plays(headers: Headers, method: str) -> None:
            answered = hand_in(ask(voice.app, method, voice.path, query=voice.query, headers=headers))
            is_safe(answered)
            assert answered.status in (200, 206, 400, 405, 416)
            assert books(tmp_path / "store.db") == before

        plays()

    await hands_in(examples)


@pytest.mark.parametrize("asked", [b"bytes=a-b", b"bytes=999-", b"bytes=9-1"])
async def test_a_part_that_can_not_be_had_is_refused_with_every_header(voice: Voice, asked: bytes) -> None:
    answered = await ask(voice.app, "GET", voice.path, query=voice.query, headers=[(b"range", asked)])
    assert answered.status in (400, 416)
    is_safe(answered)


async def test_a_method_that_no_page_takes_is_told_those_that_it_does(voice: Voice) -> None:
    page = await ask(voice.app, "PUT", voice.path.removesuffix("/comment"))
    assert (page.status, page.headers["allow"]) == (405, "GET, HEAD, POST")
    for path in (voice.path, "/l/back/i1"):
        refused = await ask(voice.app, "HEAD", path)
        assert (refused.status, refused.headers["allow"]) == (405, "GET")
