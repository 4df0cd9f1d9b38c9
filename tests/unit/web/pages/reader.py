"""Somebody with a browser that runs no scripts: opens links, reads pages, fills in forms."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin

from aiohttp import ClientSession


@dataclass
class Form:
    """A form of a page, with its fields as they stand."""

    button: str = ""
    fields: dict[str, str] = field(default_factory=dict)


class _Reading(HTMLParser):
    """Reads words and forms of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.forms: list[Form] = []
        self.links: dict[str, str] = {}
        self._form: Form | None = None
        self._link: str | None = None
        self._in_button = self._is_hidden = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._form = Form()
            self.forms.append(self._form)
        if tag == "input" and self._form is not None and "name" in given:
            is_choice = given.get("type") == "radio"
            if not is_choice or "checked" in given:
                self._form.fields[given["name"]] = given.get("value", "")
        if tag == "button" and self._form is not None:
            self._in_button = True
            if "name" in given:
                self._form = Form(fields={**self._form.fields, given["name"]: given.get("value", "")})
                self.forms.append(self._form)
        if tag == "audio":
            self.links["audio"] = given.get("src", "")
        self._link = given.get("href") if tag == "a" else self._link
        self._is_hidden = tag in ("style", "title") or (self._is_hidden and tag != "body")

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._form = None
        if tag == "button":
            self._in_button = False
        if tag == "a":
            self._link = None
        if tag in ("style", "title"):
            self._is_hidden = False

    def handle_data(self, data: str) -> None:
        said = " ".join(data.split())
        if not said or self._is_hidden:
            return
        self.words.append(said)
        if self._in_button and self._form is not None:
            self._form.button = said
        if self._link is not None:
            self.links[said] = self._link


@dataclass
class Shown:
    """A page as it is shown."""

    url: str
    status: int
    headers: Mapping[str, str]
    html: str
    words: str = ""
    forms: list[Form] = field(default_factory=list)
    links: dict[str, str] = field(default_factory=dict)

    def form(self, button: str) -> Form:
        """Return the form with this button."""
        found = [form for form in self.forms if form.button == button]
        assert found, f"there is no button {button!r}, but {[form.button for form in self.forms]}"
        return found[0]

    def offers(self, button: str) -> bool:
        """Whether there is a button."""
        return any(form.button == button for form in self.forms)


@dataclass
class Reader:
    """Asks for pages over real HTTP."""

    session: ClientSession
    address: str = "203.0.113.7"
    """Where the web server in front says that they are."""

    async def opens(self, url: str, **headers: str) -> Shown:
        """Open an address."""
        return await self._ask("GET", url, headers)

    async def sends(self, shown: Shown, button: str, **fields: str) -> Shown:
        """Fill in the form with this button, and press it."""
        return await self.posts(shown.url, {**shown.form(button).fields, **fields})

    async def posts(self, url: str, fields: dict[str, str]) -> Shown:
        """Send fields to an address."""
        return await self._ask("POST", url, {}, fields)

    async def _ask(
        self, method: str, url: str, headers: dict[str, str], data: dict[str, str] | None = None
    ) -> Shown:
        sent = {"X-Forwarded-For": self.address, **headers}
        async with self.session.request(
            method, url, headers=sent, data=data, allow_redirects=False
        ) as answer:
            html = await answer.text()
            shown = Shown(url, answer.status, answer.headers, html)
        reading = _Reading()
        reading.feed(html)
        shown.words, shown.forms = " ".join(reading.words), reading.forms
        shown.links = {words: urljoin(url, to) for words, to in reading.links.items()}
        return shown


def token_in(text: str) -> str:
    """Return the token of the only link in a text."""
    [token] = re.findall(r"/l/([A-Za-z0-9_-]{22})", text)
    return str(token)


ACCOUNT_WORDS = ("$", "123.45", "payment", "due", "4242", "card")


def tells_nothing(shown: Shown) -> bool:
    """Whether nothing of the account is on a page."""
    return not any(word in shown.words for word in ACCOUNT_WORDS)
