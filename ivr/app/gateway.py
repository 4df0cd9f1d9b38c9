"""The payment provider that the settings name."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

from ivr.errors import ContentError, Problem
from ivr.gateways.sandbox import SandboxGateway
from ivr.gateways.sandbox_site import serving_sandbox_pages
from ivr.payments.gateway import PaymentNotices
from ivr.settings import Settings, setting_problem

if TYPE_CHECKING:
    from ivr.gateways.stripe_gateway import StripeGateway

_KEYS = ("sk_", "rk_")
"""What Stripe's secret and restricted keys begin with."""
_EVENTS = "whsec_"


@asynccontextmanager
async def open_gateway(settings: Settings) -> AsyncIterator[SandboxGateway | StripeGateway]:
    """Open the gateway; raises ContentError when its key can't be used."""
    key = read_key(settings)
    if key is None:
        sandbox = SandboxGateway(settings.home / "sandbox-gateway.db")
        async with _with_pages(sandbox, settings):
            yield sandbox
        return
    # Its library is a large one: loaded only where it is used.
    from ivr.gateways.stripe_gateway import StripeGateway

    async with StripeGateway(key, return_url=settings.payments.return_url) as gateway:
        yield gateway


def _with_pages(sandbox: SandboxGateway, settings: Settings) -> AbstractAsyncContextManager[str | None]:
    """Serve the sandbox's pages where there are links that lead to them."""
    return nullcontext() if settings.messages.link_base is None else serving_sandbox_pages(sandbox)


def read_key(settings: Settings) -> str | None:
    """Return the provider's secret key, None where none is named.

    Raises ContentError when it can't be read, when others can read it too, and when it is none.
    """
    file = settings.payments.key_file
    if file is None:
        return None
    key = _private(settings, "key_file", file)
    if not key.startswith(_KEYS):
        wrong = f"{settings.base / file} holds no secret key, which begins with sk_ or rk_"
        raise ContentError([_problem(settings, "key_file", wrong, "write the key there")])
    return key


def notices_of(settings: Settings) -> PaymentNotices | None:
    """Return what reads the provider's notices; None where it is not listened to.

    Raises ContentError when the secret that they are signed with can't be used, or no notice could come.
    """
    name, file = "events_key_file", settings.payments.events_key_file
    if file is None:
        return None
    if not settings.web.enabled or settings.messages.link_base is None:
        wrong = "events come to the address of the pages behind links, and there are no such pages"
        right = "set enabled in [web] and link_base in [messages], or take it out"
        raise ContentError([_problem(settings, name, wrong, right)])
    secret = _private(settings, name, file)
    if not secret.startswith(_EVENTS):
        wrong = f"{settings.base / file} holds no signing secret, which begins with {_EVENTS}"
        raise ContentError([_problem(settings, name, wrong, "write the secret there")])
    from ivr.gateways.stripe_events import StripeEvents

    return StripeEvents(secret)


def _private(settings: Settings, name: str, named: Path) -> str:
    """Return what a setting's file holds, which nobody else may read; raises ContentError."""
    file = settings.base / named
    try:
        is_private = file.stat().st_mode & 0o077 == 0
        secret = file.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        told = error.strerror if isinstance(error, OSError) else "it is no text"
        wrong, right = f"{file} can't be read ({told})", "name a file that is there"
        raise ContentError([_problem(settings, name, wrong, right)]) from None
    if not is_private:
        wrong, right = f"{file} can be read by others", f"say: chmod 600 {file}"
        raise ContentError([_problem(settings, name, wrong, right)])
    return secret


def _problem(settings: Settings, name: str, wrong: str, right: str) -> Problem:
    return setting_problem(settings, ("payments", name), wrong, right)
