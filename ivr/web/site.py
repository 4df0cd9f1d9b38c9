"""One server for both: pages behind links for everybody who has one, the API for programs with a token."""

from __future__ import annotations

from starlette.types import ASGIApp, Receive, Scope, Send

from ivr.web.pages.routes import PREFIX


class Site:
    """Leads a request to the pages or to the API, by its address."""

    def __init__(self, api: ASGIApp, pages: ASGIApp) -> None:
        self._api = api
        self._pages = pages

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on."""
        is_page = scope["type"] == "http" and scope["path"].startswith(PREFIX)
        await (self._pages if is_page else self._api)(scope, receive, send)
