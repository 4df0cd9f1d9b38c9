"""Whoever delivers messages, as the settings name them."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

from ivr.accounts.contact_point import Medium
from ivr.app.webhooks import LEAST_KEY
from ivr.clock import Clock
from ivr.engine.messaging import Messaging, Messenger
from ivr.errors import UsageError
from ivr.messaging.email import SmtpMessenger, SmtpServer
from ivr.messaging.sms import HttpSmsMessenger, Sign, SmsGateway
from ivr.settings import Settings
from ivr.webhooks.signature import HEADER, signature


@asynccontextmanager
async def open_messaging(settings: Settings, clock: Clock) -> AsyncIterator[Messaging]:
    """Open what messages are handed over to; raises UsageError when a password or key can't be used."""
    async with AsyncExitStack() as stack:
        messengers: dict[Medium, Messenger] = {}
        if (server := _smtp_server(settings)) is not None:
            messengers[Medium.EMAIL] = SmtpMessenger(server, clock)
        if settings.sms.url is not None and settings.sms.key_file is not None:
            key = _secret(settings.base / settings.sms.key_file, "[sms] key_file", least=LEAST_KEY)
            gateway = SmsGateway(settings.sms.url, signing(key.encode(), clock))
            messengers[Medium.SMS] = await stack.enter_async_context(HttpSmsMessenger(gateway))
        yield Messaging(
            messengers,
            frozenset(settings.messages.listed_addresses),
            settings.messages.link_base,
            settings.messages.most_a_day,
            settings.dialing.allowed_prefixes,
        )


def signing(key: bytes, clock: Clock) -> Sign:
    """Return what signs a body as webhooks are signed."""

    def headers(body: bytes) -> Mapping[str, str]:
        return {HEADER: signature(key, body, clock())}

    return headers


def _smtp_server(settings: Settings) -> SmtpServer | None:
    email = settings.email
    if email.host is None or email.sender is None:
        return None
    file = email.password_file
    password = None if file is None else _secret(settings.base / file, "[email] password_file", least=1)
    return SmtpServer(email.host, email.port, email.security, email.sender, email.user, password)


def _secret(file: Path, what: str, *, least: int) -> str:
    try:
        is_private = file.stat().st_mode & 0o077 == 0
        secret = file.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        told = error.strerror if isinstance(error, OSError) else "it is no text"
        raise UsageError(f"{what} {file} can't be read: {told}") from None
    if not is_private:
        raise UsageError(f"{what} {file} can be read by others; say: chmod 600 {file}")
    if len(secret) < least:
        raise UsageError(f"{what} {file} holds fewer than {least} characters; write the secret there")
    return secret
