"""The HTTP API of a running engine: its clients' tokens, and where it is served."""

from __future__ import annotations

import stat
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass

from ivr.app.gateway import notices_of
from ivr.app.line import permission_of
from ivr.engine.content import Contents
from ivr.engine.world import World
from ivr.errors import ContentError, Problem
from ivr.payments.gateway import PaymentNotices
from ivr.settings import ApiClientSettings, Settings, setting_problem
from ivr.store.call_story import SqlCallStories
from ivr.store.sql_store import SqlStore
from ivr.store.why_facts import SqlWhyFacts
from ivr.web.access import ApiClient, digest_of

LEAST_TOKEN = 32
"""Characters: 128 bits, as hexadecimal digits."""


@dataclass(frozen=True, slots=True)
class WebAccess:
    """Whom the API and the pages behind links listen to."""

    clients: Sequence[ApiClient]
    notices: PaymentNotices | None


def web_access(settings: Settings) -> WebAccess | None:
    """Return whom is listened to; None where nothing is served.

    Raises ContentError with every token and secret that can't be used, or is there for nothing.
    """
    clients: Sequence[ApiClient] = ()
    notices: PaymentNotices | None = None
    problems: list[Problem] = []
    try:
        clients = read_clients(settings) if settings.web.enabled else ()
    except ContentError as error:
        problems.extend(error.problems)
    try:
        notices = notices_of(settings)
    except ContentError as error:
        problems.extend(error.problems)
    if problems:
        raise ContentError(problems)
    return WebAccess(clients, notices) if settings.web.enabled else None


def read_clients(settings: Settings) -> Sequence[ApiClient]:
    """Return who may use the API; raises ContentError with every token that can't be used."""
    clients: list[ApiClient] = []
    problems: list[Problem] = []
    for index, client in enumerate(settings.api_clients):
        try:
            digest = digest_of(_token(settings, client))
        except ValueError as error:
            wrong, _, right = str(error).partition("; ")
            problems.append(
                setting_problem(settings, ("api_clients", str(index), "token_file"), wrong, right)
            )
        else:
            clients.append(ApiClient(client.name, frozenset(client.roles), digest))
    if not settings.api_clients and settings.messages.link_base is None:
        wrong, right = "nobody could use the API", "write an [[api_clients]] block, or set it to false"
        problems.append(setting_problem(settings, ("web", "enabled"), wrong, right))
    digests = [client.token_digest for client in clients]
    if len(set(digests)) < len(digests):
        wrong, right = "two clients have the same token", "give each one of its own"
        problems.append(setting_problem(settings, ("api_clients",), wrong, right))
    if problems:
        raise ContentError(problems)
    return clients


@asynccontextmanager
async def serving_api(
    settings: Settings, access: WebAccess, world: World, contents: Contents, store: SqlStore
) -> AsyncIterator[str]:
    """Serve the API, and the pages behind links where links are sent, while the context lasts; gives where.

    Raises UsageError when nobody can listen there.
    """
    # Nobody else waits for the web framework to be loaded.
    from ivr.web.api import create_api
    from ivr.web.desk import Desk
    from ivr.web.pages.desk import PageDesk
    from ivr.web.pages.routes import create_pages
    from ivr.web.server import serving
    from ivr.web.site import Site

    stories, customers = SqlCallStories(store), SqlWhyFacts(store)
    desk = Desk(world, contents, stories, customers, permission_of(settings))
    api = create_api(desk, access.clients)
    with_pages = settings.messages.link_base is not None
    pages = PageDesk(world, contents, notices=access.notices)
    app = Site(api, create_pages(pages)) if with_pages else api
    async with serving(app, settings.web.address, settings.web.port) as url:
        yield url


def _token(settings: Settings, client: ApiClientSettings) -> str:
    """Return a client's token; raises ValueError with what is wrong and what would be right."""
    file = settings.base / client.token_file
    try:
        is_private = not stat.S_IMODE(file.stat().st_mode) & 0o077
        token = file.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        told = error.strerror if isinstance(error, OSError) else "it is no text"
        raise ValueError(f"{file} can't be read ({told}); name a file that is there") from None
    if not is_private:
        raise ValueError(f"others may read {file}; take that away: chmod 600 {file}")
    if len(token) < LEAST_TOKEN or not (token.isascii() and token.isprintable()) or " " in token:
        raise ValueError(f"{file} holds no token; make one with: openssl rand -hex 32")
    return token
