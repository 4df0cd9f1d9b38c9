"""E-mail against a real mail server: what its answers mean, and what arrives."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from ivr.engine.messaging import Outgoing
from ivr.messages.message import HandoverResult
from ivr.messaging.email import SmtpMessenger, SmtpServer, written_email
from tests.mail_server import MailServer, mail_server

NOW = datetime(2026, 3, 2, 15, 0, tzinfo=UTC)
MAIL = Outgoing(
    "0a1b", "maria@example.com", "fr", "Votre paiement à nous", "Bonjour,\n\nPayez ici :\nhttps://x\n"
)


@pytest.fixture
async def server() -> AsyncIterator[MailServer]:
    async with mail_server() as running:
        yield running


def messenger(server: MailServer, **settings: object) -> SmtpMessenger:
    at = SmtpServer("127.0.0.1", server.port, "none", "Sample Bank <service@bank.test>", timeout=5.0)
    return SmtpMessenger(replace(at, **settings), lambda: NOW)  # type: ignore[arg-type]


async def test_a_mail_arrives_as_it_was_written(server: MailServer) -> None:
    handover = await messenger(server).hand_over(MAIL)
    assert handover.result is HandoverResult.SENT
    [mail] = server.mails
    assert server.recipients == ["maria@example.com"]
    assert (mail["Subject"], mail["From"]) == ("Votre paiement à nous", "Sample Bank <service@bank.test>")
    assert mail["Message-ID"] == "<0a1b@bank.test>"
    assert (mail["Auto-Submitted"], mail["Content-Language"]) == ("auto-generated", "fr")
    assert mail.get_content().replace("\r\n", "\n") == MAIL.body


async def test_the_same_message_has_the_same_id_at_every_try(server: MailServer) -> None:
    for _ in range(2):
        await messenger(server).hand_over(MAIL)
    assert len({mail["Message-ID"] for mail in server.mails}) == 1


@pytest.mark.parametrize(
    ("answer", "result"),
    [("550 no such mailbox", HandoverResult.REFUSED), ("451 later", HandoverResult.NOT_SENT)],
)
async def test_a_refusal_is_for_now_or_for_good(
    server: MailServer, answer: str, result: HandoverResult
) -> None:
    server.rcpt_answer = answer
    assert (await messenger(server).hand_over(MAIL)).result is result
    server.rcpt_answer, server.data_answer = "250 OK", answer
    assert (await messenger(server).hand_over(MAIL)).result is result
    assert server.mails == []


async def test_a_server_that_took_the_text_and_went_silent_leaves_it_unknown(server: MailServer) -> None:
    server.data_answer = None
    handover = await messenger(server).hand_over(MAIL)
    assert handover.result is HandoverResult.UNKNOWN
    assert len(server.mails) == 1


async def test_where_nobody_listens_nothing_was_sent(server: MailServer) -> None:
    handover = await messenger(server, port=1).hand_over(MAIL)
    assert handover.result is HandoverResult.NOT_SENT
    assert "maria" not in str(handover)


@pytest.mark.parametrize("address", ["maria", "m@example.com\r\nBcc: all@example.com", "a b@example.com", ""])
async def test_what_is_no_address_is_refused_at_once(server: MailServer, address: str) -> None:
    handover = await messenger(server).hand_over(replace(MAIL, to=address))
    assert handover.result is HandoverResult.REFUSED
    assert server.mails == []


@pytest.mark.filterwarnings("ignore:Requiring AUTH", "ignore:Session.login_data")
async def test_it_logs_in_where_that_is_wanted() -> None:
    async with mail_server(wants_login=True) as server:
        right = messenger(server, user="bank", password="right")  # noqa: S106
        assert (await right.hand_over(MAIL)).result is HandoverResult.SENT
        wrong = messenger(server, user="bank", password="wrong")  # noqa: S106
        handover = await wrong.hand_over(MAIL)
    assert handover.result is HandoverResult.NOT_SENT, "somebody may mend the password"
    assert "wrong" not in str(handover)
    assert len(server.mails) == 1


async def test_a_server_without_tls_gets_nothing_where_tls_is_wanted(server: MailServer) -> None:
    handover = await messenger(server, security="starttls").hand_over(MAIL)
    assert handover.result is HandoverResult.NOT_SENT
    assert server.mails == []


def test_a_subject_can_t_begin_another_header() -> None:
    with pytest.raises(ValueError, match=r"(?i)linefeed|newline|header"):
        written_email(replace(MAIL, subject="Hello\nBcc: all@example.com"), "a@b.test", NOW)


@asynccontextmanager
async def server_that_refuses(step: str) -> AsyncIterator[int]:
    """Yield the port of a mail server that answers 550 at one step, and lets everything else pass."""

    over = asyncio.Event()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        command = "GREETING"
        while command:
            said = command.partition(":")[0].strip().upper()
            answer = "550 no" if said.startswith(step) else "220 here" if said == "GREETING" else "250 OK"
            writer.write(f"{answer}\r\n".encode())
            await writer.drain()
            command = (await reader.readline()).decode()
        writer.close()
        await writer.wait_closed()
        over.set()

    running = await asyncio.start_server(serve, "127.0.0.1", 0)
    try:
        yield running.sockets[0].getsockname()[1]
        await over.wait()
    finally:
        running.close()


@pytest.mark.parametrize(
    ("step", "result"),
    [
        ("GREETING", HandoverResult.NOT_SENT),
        ("MAIL FROM", HandoverResult.NOT_SENT),
        ("RCPT TO", HandoverResult.REFUSED),
        ("DATA", HandoverResult.REFUSED),
    ],
)
async def test_only_what_is_said_of_the_recipient_or_the_text_is_for_good(
    step: str, result: HandoverResult
) -> None:
    async with server_that_refuses(step) as port:
        at = SmtpServer("127.0.0.1", port, "none", "Sample Bank <service@bank.test>", timeout=5.0)
        handover = await SmtpMessenger(at, lambda: NOW).hand_over(MAIL)
    assert handover.result is result
    assert "maria" not in str(handover)


async def test_a_refused_hello_is_not_the_end_of_the_message() -> None:
    async with server_that_refuses("EHLO") as port:
        at = SmtpServer("127.0.0.1", port, "none", "Sample Bank <service@bank.test>", timeout=5.0)
        handover = await SmtpMessenger(at, lambda: NOW).hand_over(MAIL)
    assert handover.result is HandoverResult.NOT_SENT
