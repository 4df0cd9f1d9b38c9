"""Words and templates become an answer that no browser keeps, no search engine lists and no page embeds."""

from __future__ import annotations

import base64
import re
from collections.abc import Mapping
from hashlib import sha256
from http import HTTPStatus
from pathlib import Path
from types import MappingProxyType

import jinja2
from fastapi.responses import HTMLResponse, PlainTextResponse, Response

from ivr.engine.content import Company
from ivr.messages.page_words import PageWords

_TEMPLATES = Path(__file__).parent / "templates"
_STYLE = (_TEMPLATES / "style.css").read_text("utf-8")
_STYLE_HASH = base64.b64encode(sha256(_STYLE.encode()).digest()).decode()
_PAGES = jinja2.Environment(
    loader=jinja2.FileSystemLoader(_TEMPLATES),
    autoescape=True,
    undefined=jinja2.StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


def _policy(forms_to: str) -> str:
    return (
        f"default-src 'none'; style-src 'sha256-{_STYLE_HASH}'; media-src 'self'; form-action {forms_to}; "
        "base-uri 'none'; frame-ancestors 'none'"
    )


_POLICY = "Content-Security-Policy"
HEADERS: Mapping[str, str] = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex, nofollow",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    _POLICY: _policy("'self'"),
}
"""Of every answer: the address of a page is a key, and no other site is to see it."""


def held_together(text: str) -> str:
    """Return a text in which no line begins with a sign that French sets apart."""
    return re.sub(" (?=[?!:;»])", "\u00a0", text)


def page(
    template: str,
    words: PageWords,
    company: Company,
    variables: Mapping[str, object],
    more: Mapping[str, object],
    status: HTTPStatus = HTTPStatus.OK,
    headers: Mapping[str, str] | None = None,
    sends_to: str | None = None,
) -> Response:
    """Return a page; `variables` are what its words can speak of.

    An answer to one of its forms may lead to `sends_to`, an origin: browsers look at where forms end up.
    """

    def say(word: str, brought: Mapping[str, object] = MappingProxyType({})) -> str:
        return held_together(words.say(word, {**variables, "values": brought}))

    html = _PAGES.get_template(f"{template}.html").render(
        **more,
        say=say,
        style=_STYLE,
        language=words.language,
        company=company.name,
        phone=company.phone,
    )
    leading = {} if sends_to is None else {_POLICY: _policy(f"'self' {sends_to}")}
    return HTMLResponse(html, status, {**leading, **(headers or {})})


def plain(company: Company, status: HTTPStatus) -> Response:
    """Return what is said where the content has no words for pages, and where we broke down: whom to call."""
    return PlainTextResponse(f"{company.name}: {company.phone}\n", status, dict(HEADERS))
