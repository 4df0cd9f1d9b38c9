"""Links that do nothing, requests that are no page's, and what no answer and no log may hold."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest
from structlog.testing import capture_logs

from ivr.errors import StoreError
from tests.unit.web.pages.conftest import Post

UNKNOWN = "This link does not work."


async def test_a_link_that_is_not_there_is_told_kindly_with_a_number_to_call(post: Post) -> None:
    for token in ("x" * 22, "short", "..%2f..", "x" * 300):
        shown = await post.reader.opens(f"{post.url}/l/{token}")
        assert (shown.status, UNKNOWN in shown.words) == (404, True)
        assert "Call us at (202) 555-0100" in shown.words
        assert "Maria" not in shown.words


async def test_a_browser_of_another_language_is_told_in_that(post: Post) -> None:
    shown = await post.reader.opens(f"{post.url}/l/{'x' * 22}", **{"Accept-Language": "de,es-MX;q=0.8"})
    assert "Este enlace no funciona." in shown.words


async def test_a_link_whose_time_is_over_is_gone(post: Post) -> None:
    url = await post.gets_a_link()
    post.engine.clock.advance(days=3)
    shown = await post.reader.opens(url)
    assert (shown.status, "This link is too old" in shown.words) == (410, True)
    assert "Maria" not in shown.words


async def test_answers_are_kept_by_no_browser_and_listed_by_no_search_engine(post: Post) -> None:
    url = await post.gets_a_link()
    for shown in (
        await post.reader.opens(url),
        await post.opens(url),
        await post.reader.opens(f"{post.url}/l/none"),
    ):
        assert shown.headers["Cache-Control"] == "no-store"
        assert shown.headers["Referrer-Policy"] == "no-referrer"
        assert shown.headers["X-Robots-Tag"] == "noindex, nofollow"
        assert "default-src 'none'" in shown.headers["Content-Security-Policy"]
        assert "script" not in shown.headers["Content-Security-Policy"]
        assert "<script" not in shown.html


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"do": "stop", "what": "all"},
        {"do": "stop", "page": "forged"},
        {"do": "stop", "page": "e30="},
        {"page": "", "do": "me"},
    ],
)
async def test_only_a_page_of_ours_can_answer(post: Post, fields: dict[str, str]) -> None:
    url = await post.gets_a_link()
    shown = await post.reader.posts(url, fields)
    assert "Please begin again" in shown.words
    assert await post.outcomes() == []
    assert await post.engine.store.read(lambda tx: tx.customers.suppressions("c1", "")) == []


async def test_another_links_page_answers_nothing_here(post: Post) -> None:
    url = await post.gets_a_link()
    shown = await post.reader.opens(url)
    facts = await post.engine.found_and_claimed()
    other = await post.sends(facts, "payment-link")
    answered = await post.reader.posts(other, {**shown.form("Do not contact me about anything").fields})
    assert "Please begin again" in answered.words
    assert await post.outcomes() == []


async def test_a_page_that_was_open_for_too_long_begins_anew(post: Post) -> None:
    menu = await post.opens(await post.gets_a_link())
    post.engine.clock.advance(minutes=31)
    shown = await post.reader.sends(menu, "I do not agree")
    assert "This page was open for too long. Please begin again." in shown.words
    assert await post.outcomes() == []


async def test_nobody_gets_past_the_question_by_naming_what_comes_after_it(post: Post) -> None:
    first = await post.reader.opens(await post.gets_a_link())
    fields = {**first.form("Yes, that is me").fields, "do": "dispute"}
    assert "Please begin again" in (await post.reader.posts(first.url, fields)).words
    assert await post.outcomes() == []


async def test_who_asks_too_often_waits_and_others_do_not(post: Post) -> None:
    url = await post.gets_a_link()
    shown = [await post.reader.opens(url) for _ in range(31)]
    assert [each.status for each in shown] == [200] * 30 + [429]
    assert "asked for too often" in shown[-1].words
    assert shown[-1].headers["Retry-After"] == "300"
    post.engine.clock.advance(minutes=5)
    assert (await post.reader.opens(url)).status == 200


async def test_who_guesses_links_is_held_up_at_their_address_alone(post: Post) -> None:
    url = await post.gets_a_link()
    for number in range(10):
        await post.reader.opens(f"{post.url}/l/{number:022}")
    assert (await post.reader.opens(url)).status == 429
    neighbour = replace(post.reader, address="203.0.113.8")
    assert (await neighbour.opens(url)).status == 200
    post.engine.clock.advance(minutes=30)
    assert (await post.reader.opens(url)).status == 200


async def test_what_is_too_long_is_not_read(post: Post) -> None:
    shown = await post.reader.opens(await post.gets_a_link())
    fields = {**shown.form("No, I am somebody else").fields, "more": "x" * 20_000}
    assert "Please begin again" in (await post.reader.posts(shown.url, fields)).words
    assert await post.outcomes() == []


async def test_the_api_is_where_it_was_and_pages_need_no_token(post: Post) -> None:
    assert (await post.reader.opens(f"{post.url}/api/v1/calls/x/story")).status == 401
    assert (await post.reader.opens(f"{post.url}/")).status == 401


async def test_content_without_words_for_pages_says_whom_to_call(post: Post) -> None:
    url = await post.gets_a_link()
    post.engine.contents.go_live(replace(post.engine.contents.live, pages={}))
    shown = await post.reader.opens(url)
    assert (shown.status, shown.html) == (503, "Sample Bank: +12025550100\n")


@contextmanager
def everything_logged() -> Iterator[list[object]]:
    """Gather what is logged, by whatever way and at whatever level."""
    gathered: list[object] = []

    class Keep(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            gathered.append(self.format(record))

    root, keep = logging.getLogger(), Keep()
    level = root.level
    root.addHandler(keep)
    root.setLevel(logging.DEBUG)
    try:
        with capture_logs() as logs:
            yield gathered
            gathered.extend(logs)
    finally:
        root.removeHandler(keep)
        root.setLevel(level)


async def test_no_log_line_holds_a_token_or_an_answer(post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    with everything_logged() as logs:
        url = await post.gets_a_link()
        token = url.rpartition("/")[2]
        menu = await post.opens(url)
        question = await post.reader.sends(menu, "Pay now")
        await post.proves(question, "11/12/1913")
        await post.reader.posts(url, {"page": "forged"})

        async def broken(_work: object) -> None:
            raise StoreError("no disk")

        monkeypatch.setattr(type(post.engine.store), "write", lambda _self, work: broken(work))
        assert (await post.reader.opens(url)).status == 503
        monkeypatch.setattr(type(post.engine.store), "write", lambda *_: 1 // 0)
        assert (await post.reader.opens(url)).status == 500
    written = json.dumps(logs, default=repr)
    assert "no disk" in written
    assert "ZeroDivisionError" in written
    for secret in (token, "11121913", "11/12/1913", menu.form("I promise").fields["page"]):
        assert secret not in written


async def test_head_is_answered_as_get_is(post: Post) -> None:
    url = await post.gets_a_link()
    async with post.reader.session.head(url) as answer:
        assert (answer.status, answer.headers["Cache-Control"]) == (200, "no-store")
