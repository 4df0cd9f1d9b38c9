"""The payment provider that the settings name."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

from ivr.errors import UsageError
from ivr.gateways.sandbox import SandboxGateway
from ivr.gateways.sandbox_site import serving_sandbox_pages
from ivr.payments.gateway import PaymentNotices
from ivr.settings import Settings

if TYPE_CHECKING:
    from ivr.gateways.stripe_gateway import StripeGateway

_KEYS = ("sk_", "rk_")
"""What Stripe's secret and restricted keys begin with."""
_EVENTS = "whsec_"


@asynccontextmanager
async def open_gateway(settings: Settings) -> AsyncIterator[SandboxGateway | StripeGateway]:
    """Open the gateway; raises UsageError when its key can't be used."""
    payments = settings.payments
    if payments.key_file is None:
        sandbox = SandboxGateway(settings.home / "sandbox-gateway.db")
        async with _with_pages(sandbox, settings):
            yield sandbox
        return
    key = read_key(settings.base / payments.key_file)
    # Its library is a large one: loaded only where it is used.
    from ivr.gateways.stripe_gateway import StripeGateway

    async with StripeGateway(key, return_url=payments.return_url) as gateway:
        yield gateway


def _with_pages(sandbox: SandboxGateway, settings: Settings) -> AbstractAsyncContextManager[str | None]:
    """Serve the sandbox's pages where there are links that lead to them."""
    return nullcontext() if settings.messages.link_base is None else serving_sandbox_pages(sandbox)


def read_key(file: Path) -> str:
    """Return a provider's secret key; UsageError when it can't be read, or others can read it too."""
    key = _private("key_file", file)
    if not key.startswith(_KEYS):
        raise UsageError(f"[payments] key_file {file} holds no secret key, which begins with sk_ or rk_")
    return key


def notices_of(settings: Settings) -> PaymentNotices | None:
    """Return what reads the provider's notices; None where it is not listened to.

    Raises UsageError when the secret that they are signed with can't be used.
    """
    if settings.payments.events_key_file is None:
        return None
    file = settings.base / settings.payments.events_key_file
    secret = _private("events_key_file", file)
    if not secret.startswith(_EVENTS):
        raise UsageError(
            f"[payments] events_key_file {file} holds no signing secret, which begins with {_EVENTS}"
        )
    from ivr.gateways.stripe_events import StripeEvents

    return StripeEvents(secret)


def _private(name: str, file: Path) -> str:
    """Return what a setting's file holds, which nobody else may read; raises UsageError."""
    try:
        is_private = file.stat().st_mode & 0o077 == 0
        secret = file.read_text(encoding="utf-8").strip()
    except OSError as error:
        raise UsageError(f"[payments] {name} {file} can't be read: {error.strerror}") from None
    if not is_private:
        raise UsageError(f"[payments] {name} {file} can be read by others; say: chmod 600 {file}")
    return secret
