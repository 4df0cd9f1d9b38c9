from __future__ import annotations

import asyncio

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ivr.carrier.sip_refuser import BY_ANALYTICS, SipRefuser, answer_request

INVITE = (
    "INVITE sip:+12025550116@127.0.0.1:5070 SIP/2.0\r\n"
    "Via: SIP/2.0/UDP 127.0.0.1:5060;rport;branch=z9hG4bK1\r\n"
    "v: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK0\r\n"
    "From: <sip:+18005550199@127.0.0.1>;tag=a\r\n"
    "To: <sip:+12025550116@127.0.0.1>\r\n"
    "Call-ID: c1\r\n"
    "CSeq: 7 INVITE\r\n"
    "Contact: <sip:127.0.0.1:5060>\r\n"
    "Content-Length: 3\r\n"
    "\r\n"
    "v=0"
)


def test_an_invite_is_refused_in_the_words_of_603_plus() -> None:
    response = answer_request(INVITE.encode(), BY_ANALYTICS)
    assert response is not None
    lines = response.decode().split("\r\n")
    assert lines[0] == "SIP/2.0 603 Network Blocked"
    assert lines[1:7] == [
        "Via: SIP/2.0/UDP 127.0.0.1:5060;rport;branch=z9hG4bK1",
        "v: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK0",
        "From: <sip:+18005550199@127.0.0.1>;tag=a",
        "To: <sip:+12025550116@127.0.0.1>;tag=refused",
        "Call-ID: c1",
        "CSeq: 7 INVITE",
    ]
    assert lines[7].startswith('Reason: Q.850;cause=21;text="v=analytics1;')
    assert lines[8:] == ["Content-Length: 0", "", ""]


def test_options_are_answered_and_an_ack_is_not() -> None:
    options = answer_request(INVITE.replace("INVITE", "OPTIONS").encode(), BY_ANALYTICS)
    assert options is not None
    assert options.startswith(b"SIP/2.0 200 OK\r\n")
    assert b"Reason" not in options
    assert answer_request(INVITE.replace("INVITE", "ACK").encode(), BY_ANALYTICS) is None


@given(st.binary(max_size=200))
def test_what_is_no_request_gets_no_response(datagram: bytes) -> None:
    assert answer_request(datagram, BY_ANALYTICS) is None


async def test_it_answers_on_the_port_that_its_contact_names() -> None:
    loop = asyncio.get_running_loop()
    received: asyncio.Queue[bytes] = asyncio.Queue()

    class Caller(asyncio.DatagramProtocol):
        def datagram_received(self, data: bytes, addr: tuple[str, int]) -> None:
            received.put_nowait(data)

    async with SipRefuser() as refuser:
        contact = refuser.contact("+12025550116")
        assert contact.startswith("sip:+12025550116@127.0.0.1:")
        port = int(contact.rpartition(":")[2])
        transport, _ = await loop.create_datagram_endpoint(Caller, remote_addr=("127.0.0.1", port))
        transport.sendto(INVITE.encode())
        assert (await received.get()).startswith(b"SIP/2.0 603 Network Blocked")
        transport.close()


def test_a_refuser_that_does_not_listen_has_no_contact() -> None:
    with pytest.raises(RuntimeError, match="not listening"):
        SipRefuser().contact("+12025550116")
