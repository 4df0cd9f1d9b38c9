"""E-mail over SMTP: one message a connection, and no doubt left that can be helped.

What fails before the server is given the text was certainly not sent. Once it has the text only its answer
tells; SMTP can't be asked later. The Message-ID is the message's own, so that a mailbox that gets it twice
shows it once.
"""

from __future__ import annotations

import contextlib
import ssl
from dataclasses import dataclass, field
from datetime import datetime
from email.errors import HeaderParseError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP as SMTP_POLICY
from email.utils import format_datetime
from typing import Literal

import aiosmtplib

from ivr.clock import Clock
from ivr.engine.messaging import Outgoing
from ivr.messages.message import Handover, HandoverResult

Security = Literal["tls", "starttls", "none"]


@dataclass(frozen=True, slots=True)
class SmtpServer:
    """Where e-mail is handed over, and as whom."""

    host: str
    port: int
    security: Security
    sender: str
    """An address, or `Name <address>`."""
    user: str | None = None
    password: str | None = field(default=None, repr=False)
    timeout: float = 20.0
    """Seconds, for each step."""
    context: ssl.SSLContext | None = field(default=None, repr=False)
    """For a certificate that this machine does not trust by itself."""


class SmtpMessenger:
    """The Messenger of e-mail."""

    can_be_asked = False

    def __init__(self, server: SmtpServer, clock: Clock) -> None:
        self._server = server
        self._clock = clock

    async def hand_over(self, message: Outgoing) -> Handover:
        """Give the server one message; see the port."""
        try:
            written = written_email(message, self._server.sender, self._clock())
        except (ValueError, IndexError, HeaderParseError):
            return Handover(HandoverResult.REFUSED, reason="the address is none that mail can be sent to")
        server = self._server
        client = aiosmtplib.SMTP(
            hostname=server.host,
            port=server.port,
            use_tls=server.security == "tls",
            start_tls=server.security == "starttls",
            username=server.user,
            password=server.password,
            timeout=server.timeout,
            tls_context=server.context,
        )
        try:
            return await self._exchange(client, message, written)
        finally:
            await _take_leave(client)

    async def look_up(self, message_id: str) -> Handover:  # noqa: ARG002 - nobody can be asked
        """Say that nobody can tell."""
        return Handover(HandoverResult.UNKNOWN, reason="interrupted")

    async def _exchange(self, client: aiosmtplib.SMTP, message: Outgoing, written: EmailMessage) -> Handover:
        try:
            await client.connect()
            await client.mail(written["From"].addresses[0].addr_spec)
        except aiosmtplib.SMTPAuthenticationError as error:
            return Handover(HandoverResult.NOT_SENT, reason=f"the login was refused ({error.code})")
        except aiosmtplib.SMTPResponseException as error:
            # It has not heard of the recipient yet: whatever is wrong is with us, and somebody may mend it.
            reason = f"the mail server takes nothing from us (SMTP {error.code})"
            return Handover(HandoverResult.NOT_SENT, reason=reason)
        except (aiosmtplib.SMTPException, OSError) as error:
            return Handover(
                HandoverResult.NOT_SENT, reason=f"no mail server answers ({type(error).__name__})"
            )
        try:
            await client.rcpt(message.to)
        except aiosmtplib.SMTPResponseException as error:
            return _refusal(error)
        except (aiosmtplib.SMTPException, OSError) as error:
            return Handover(
                HandoverResult.NOT_SENT, reason=f"no mail server answers ({type(error).__name__})"
            )
        try:
            await client.data(written.as_bytes(policy=SMTP_POLICY))
        except aiosmtplib.SMTPResponseException as error:
            return _refusal(error)
        except (aiosmtplib.SMTPException, OSError) as error:
            return Handover(HandoverResult.UNKNOWN, reason=f"its answer is missing ({type(error).__name__})")
        return Handover(HandoverResult.SENT, provider_id=written["Message-ID"])


async def _take_leave(client: aiosmtplib.SMTP) -> None:
    """Say good-bye where somebody still listens; what was sent is sent."""
    with contextlib.suppress(aiosmtplib.SMTPException, OSError):
        if client.is_connected:
            await client.quit()
    client.close()


def written_email(message: Outgoing, sender: str, now: datetime) -> EmailMessage:
    """Return the e-mail as it goes out; raises ValueError for what is no address."""
    recipient = Address(addr_spec=message.to)
    written = EmailMessage(policy=SMTP_POLICY)
    written["From"] = sender
    written["To"] = recipient
    written["Subject"] = message.subject
    written["Date"] = format_datetime(now)
    domain = written["From"].addresses[0].domain or "localhost"
    written["Message-ID"] = f"<{message.id}@{domain}>"
    written["Auto-Submitted"] = "auto-generated"
    written.set_content(message.body, cte="quoted-printable")
    written["Content-Language"] = message.language
    return written


def _refusal(error: aiosmtplib.SMTPResponseException) -> Handover:
    """Return what a status means: 4xx is for now, 5xx for good. The server's words may hold the address."""
    lasting = 500 <= error.code < 600
    result = HandoverResult.REFUSED if lasting else HandoverResult.NOT_SENT
    return Handover(result, reason=f"the mail server refused it (SMTP {error.code})")
