"""The API of a real store and a scripted world, asked over real HTTP."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import pytest
from aiohttp import ClientSession

from ivr.store.call_story import SqlCallStories
from ivr.store.why_facts import SqlWhyFacts
from ivr.web.access import ApiClient, Role, digest_of
from ivr.web.api import create_api
from ivr.web.desk import Desk
from ivr.web.server import serving
from tests.unit.engine.conftest import LINE, Engine, content, empty_database, engine, store

__all__ = ["content", "empty_database", "engine", "store"]

AGENT_TOKEN = "a" * 64
ADMIN_TOKEN = "b" * 64
CLIENTS = (
    ApiClient("crm", frozenset({Role.AGENT}), digest_of(AGENT_TOKEN)),
    ApiClient("reports", frozenset({Role.ADMIN}), digest_of(ADMIN_TOKEN)),
)


@dataclass
class Answer:
    """What came back."""

    status: int
    media_type: str
    body: Any
    headers: dict[str, str]


@dataclass
class Api:
    """Asks the API as a program does."""

    engine: Engine
    session: ClientSession
    url: str

    async def ask(
        self,
        method: str,
        path: str,
        token: str | None = AGENT_TOKEN,
        headers: dict[str, str] | None = None,
        **more: Any,
    ) -> Answer:
        """Send one request and return the answer."""
        who = {} if token is None else {"Authorization": f"Bearer {token}"}
        url = f"{self.url}{path}"
        async with self.session.request(method, url, headers={**who, **(headers or {})}, **more) as answer:
            read = await answer.json(content_type=None)
            return Answer(answer.status, answer.content_type, read, dict(answer.headers))

    async def story(self, call_id: str, token: str | None = AGENT_TOKEN) -> Answer:
        """Ask for a story."""
        return await self.ask("GET", f"/api/v1/calls/{call_id}/story", token)

    async def tell(
        self, call_id: str, body: object, key: str | None = "k1", token: str | None = AGENT_TOKEN
    ) -> Answer:
        """Tell a disposition."""
        headers = {} if key is None else {"Idempotency-Key": key}
        path = f"/api/v1/calls/{call_id}/disposition"
        return await self.ask("POST", path, token, headers, json=body)


def desk_at(engine: Engine) -> Desk:
    """Return what the API of an engine works with."""
    stories, customers = SqlCallStories(engine.store), SqlWhyFacts(engine.store)
    return Desk(engine.world, engine.contents, stories, customers, LINE.permission(is_live=False))


@pytest.fixture
async def api(engine: Engine) -> AsyncIterator[Api]:
    """Return the API of an engine, on a port of its own."""
    async with (
        serving(create_api(desk_at(engine), CLIENTS), "127.0.0.1", 0) as url,
        ClientSession() as session,
    ):
        yield Api(engine, session, url)
