"""A real mail server on this machine, which takes, refuses or drops mail as a test tells it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any, cast

from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword


class MailServer:
    """What it was given, and what it answers."""

    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []
        self.recipients: list[str] = []
        self.rcpt_answer = "250 OK"
        self.data_answer: str | None = "250 OK"
        """None: it takes the mail and hangs up without an answer."""
        self.port = 0
        self.when_taken: Callable[[], None] | None = None
        """Called when it has a mail and has not answered yet."""
        self.changed = asyncio.Condition()
        """Told of every mail."""
        self.logins: list[tuple[bytes, bytes]] = []

    async def handle_RCPT(self, server: SMTP, session: Any, envelope: Any, address: str, options: Any) -> str:  # noqa: N802
        if self.rcpt_answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return self.rcpt_answer

    async def handle_DATA(self, server: SMTP, session: Any, envelope: Any) -> str:  # noqa: N802
        if self.data_answer is None or self.data_answer.startswith("250"):
            mail = message_from_bytes(envelope.content, policy=policy.default)
            self.mails.append(mail)
            self.recipients += envelope.rcpt_tos
            if self.when_taken is not None:
                self.when_taken()
            async with self.changed:
                self.changed.notify_all()
        if self.data_answer is None:
            cast("asyncio.Transport", server.transport).abort()
            return "421 gone"
        return self.data_answer

    def authenticate(self, server: SMTP, session: Any, envelope: Any, how: str, data: object) -> AuthResult:
        assert isinstance(data, LoginPassword)
        self.logins.append((data.login, data.password))
        return AuthResult(success=data.password == b"right")


@asynccontextmanager
async def mail_server(*, wants_login: bool = False) -> AsyncIterator[MailServer]:
    """Serve mail on a free port while the context lasts."""
    handler = MailServer()
    loop = asyncio.get_running_loop()
    login: dict[str, Any] = {
        "authenticator": handler.authenticate,
        "auth_required": True,
        "auth_require_tls": False,
    }
    server = await loop.create_server(
        lambda: SMTP(handler, hostname="mail.test", loop=loop, **(login if wants_login else {})),
        "127.0.0.1",
        0,
    )
    handler.port = server.sockets[0].getsockname()[1]
    try:
        yield handler
    finally:
        server.close()
