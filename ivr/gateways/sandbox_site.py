"""The sandbox's own page to pay on: it asks for no card, and its buttons do what cards do.

It stands for somebody else's site, so it is served by itself, to this machine only.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from html import escape

from aiohttp import web

from ivr.errors import GatewayError
from ivr.gateways.sandbox import PageShown, SandboxGateway

_HEADERS = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'",
}
_STYLE = (
    "body{font:1.1rem/1.5 sans-serif;margin:2rem auto;max-width:24rem;padding:0 1rem}"
    "button{font:inherit;width:100%;min-height:2.75rem;margin:.25rem 0}"
)
_BUTTONS = """\
<form method="post"><button name="do" value="pay">Pay</button>
<button name="do" value="decline">Be declined</button>
<button name="do" value="give_up">Give up</button></form>"""


@asynccontextmanager
async def serving_sandbox_pages(gateway: SandboxGateway) -> AsyncIterator[str]:
    """Serve the pages of a sandbox on a free port of loopback while the context lasts; gives where."""
    pages = _Pages(gateway)
    app = web.Application()
    app.router.add_get("/pay/{provider_id}", pages.show)
    app.router.add_post("/pay/{provider_id}", pages.take)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    try:
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        host, port = runner.addresses[0][:2]
        gateway.pages_at = f"http://{host}:{port}"
        yield gateway.pages_at
    finally:
        await runner.cleanup()


class _Pages:
    """Answers requests for one sandbox's pages."""

    def __init__(self, gateway: SandboxGateway) -> None:
        self._gateway = gateway

    async def show(self, request: web.Request) -> web.Response:
        """Show what is to be paid."""
        return _shown(await self._page(request))

    async def take(self, request: web.Request) -> web.Response:
        """Do what the button says."""
        page = await self._page(request)
        match (await request.post()).get("do"):
            case "pay":
                paid = await self._gateway.pay_on_page(page.provider_id)
                return _sent_back(page) if paid else _shown(await self._page(request))
            case "decline":
                return _shown(page, "The card was declined. Nothing was charged.")
        return _sent_back(page)

    async def _page(self, request: web.Request) -> PageShown:
        try:
            return await self._gateway.page(request.match_info["provider_id"])
        except GatewayError:
            raise web.HTTPNotFound(text="There is no such page.") from None


def _sent_back(page: PageShown) -> web.Response:
    return web.Response(status=303, headers={**_HEADERS, "Location": page.return_url})


def _shown(page: PageShown, notice: str = "") -> web.Response:
    said = f'<p role="alert">{escape(notice)}</p>' if notice else ""
    back = f'<p>This page is closed.</p><p><a href="{escape(page.return_url)}">Back</a></p>'
    html = (
        '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Sandbox payment</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<style>{_STYLE}</style></head><body><p>Sandbox: no money is moved here.</p>{said}"
        f"<h1>{escape(page.title)}</h1><p>{page.amount.amount} {page.amount.currency}</p>"
        f"{_BUTTONS if page.is_open else back}</body></html>"
    )
    return web.Response(text=html, content_type="text/html", headers=_HEADERS)
