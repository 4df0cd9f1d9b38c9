"""What strangers, programs that read mail and broken browsers send to pages behind links."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from hypothesis import strategies as st

from ivr.web.pages.desk import PageDesk
from ivr.web.pages.rate import Rate
from ivr.web.pages.render import HEADERS
from ivr.web.pages.routes import create_pages
from tests.unit.web.asgi import Answered

FREE = Rate(1_000_000, timedelta(minutes=5))
"""Nobody asks too often."""
ACCOUNT = ("123.45", "12345", "4242", "payment of")
"""What only the customer may read."""
FIELDS = (
    *("do", "page", "what", "which", "amount", "day", "how", "when", "clock"),
    *("remark", "number", "answer", "then"),
)
VERBS = (
    *("me", "prove", "not_me", "stop", "pay", "promise", "confirm", "reschedule", "cancel", "problem"),
    *("already_paid", "later", "dispute", "read", "never", "call_me"),
)
WORDS = (
    *("all", "minimum", "other", "hour", "tomorrow", "time", "card", "transfer", "check", "topic"),
    *("100", "1e9", "-5", "9" * 400, "12,34", "0", "\u0663", "2026-03-09", "0001-01-01", "9999-12-31"),
    *(
        "15:30",
        "24:00",
        "T12",
        "15:30+23:59",
        "(202) 555-0148",
        "+19005550100",
        "112",
        "\x00",
        "<b>",
        "{{ 7 }}",
    ),
)
VALUES = st.sampled_from(WORDS) | st.text(max_size=60)
HEADER_NAMES = (
    *(b"accept-language", b"range", b"if-range", b"if-none-match", b"content-type", b"content-length"),
    *(b"cookie", b"origin", b"purpose", b"sec-purpose", b"x-forwarded-for", b"transfer-encoding", b"host"),
)
HEADER_VALUES = st.binary(max_size=40) | st.sampled_from(
    (
        *(b"bytes=0-", b"bytes=9-1", b"bytes=a", b"bytes=0-0,5-6", b"bytes=999999-", b"prefetch", b"es,fr"),
        *(
            b"application/json",
            b"multipart/form-data; boundary=x",
            b"text/plain; charset=utf-16",
            b"99999999",
        ),
    )
)
HEADERS_SENT = st.lists(st.tuples(st.sampled_from(HEADER_NAMES), HEADER_VALUES), max_size=4)
PAIRS = st.lists(st.tuples(st.sampled_from(FIELDS) | st.text(max_size=8), VALUES), max_size=9)
BODIES = (
    PAIRS.map(lambda pairs: urlencode(pairs).encode())
    | st.binary(max_size=300)
    | st.sampled_from((b"&" * 200, b"a=%ff", b"a=%00", b"do=" + b"x" * 20_000, b'{"do": "stop"}', b"a=1;b=2"))
)


@dataclass
class Behind:
    """A link, and the pages behind it, of an engine with its books in a file."""

    app: Any
    desk: PageDesk
    token: str
    file: Path

    @property
    def path(self) -> str:
        """The address of the page."""
        return f"/l/{self.token}"


def pages_of(desk: PageDesk) -> tuple[Any, PageDesk]:
    """Return the pages of a desk that lets everybody ask as often as they like."""
    patient = replace(desk, by_link=FREE, by_address=FREE, guesses=FREE)
    return create_pages(patient), patient


def is_safe(answered: Answered) -> None:
    """Hold an answer to what every answer must be like."""
    assert answered.status < 500, answered
    told = answered.headers
    missing = {name: value for name, value in HEADERS.items() if told.get(name.lower()) != value}
    assert not missing, (answered.status, missing)
    assert "set-cookie" not in told
    assert "location" not in told
    assert b"<script" not in answered.body.lower()


def tells_nothing(answered: Answered) -> None:
    """Hold an answer to what may be told to anybody."""
    found = [word for word in ACCOUNT if word.encode() in answered.body]
    assert not found, (answered.status, found)


def rows_by_table(dump: str) -> Mapping[str, frozenset[str]]:
    """Return what a dump of the books holds, by table."""
    rows: dict[str, set[str]] = {}
    for line in dump.splitlines():
        if line.startswith('INSERT INTO "'):
            rows.setdefault(line.split('"')[1], set()).add(line)
    return {table: frozenset(lines) for table, lines in rows.items()}


def changed(before: str, after: str) -> set[str]:
    """Return the tables that are not what they were."""
    was, now = rows_by_table(before), rows_by_table(after)
    return {table for table in {*was, *now} if was.get(table) != now.get(table)}
