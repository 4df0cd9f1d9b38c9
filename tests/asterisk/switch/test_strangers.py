from __future__ import annotations

import socket
import time
import uuid

import pytest

from ivr.switch.instance import Instance
from ivr.switch.ports import LOOPBACK
from tests.asterisk.switch.conftest import PHONE, Pair

pytestmark = pytest.mark.asterisk


def ask(instance: Instance, method: str, user: str, caller: str) -> str:
    """Send one SIP request from a port that nobody knows, and return the first line of the answer."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as stranger:
        stranger.bind((LOOPBACK, 0))
        stranger.settimeout(10)
        port = stranger.getsockname()[1]
        lines = [
            f"{method} sip:{user}@{instance.sip_address} SIP/2.0",
            f"Via: SIP/2.0/UDP {LOOPBACK}:{port};branch=z9hG4bK{uuid.uuid4().hex}",
            f"From: <sip:{caller}@{LOOPBACK}>;tag=1",
            f"To: <sip:{user}@{LOOPBACK}>",
            f"Call-ID: {uuid.uuid4()}",
            f"CSeq: 1 {method}",
            f"Contact: <sip:{caller}@{LOOPBACK}:{port}>",
            "Max-Forwards: 70",
            "Content-Length: 0",
        ]
        stranger.sendto("\r\n".join([*lines, "", ""]).encode(), (LOOPBACK, instance.ports.sip))
        while True:
            answer = stranger.recv(4096).decode().split("\r\n", 1)[0]
            if " 100 " not in answer:
                return answer


@pytest.mark.parametrize("caller", ["stranger", "carrier", "+12025550123", PHONE.username])
def test_a_call_from_somebody_unknown_gets_no_further_than_its_password(pair: Pair, caller: str) -> None:
    assert ask(pair.engine, "INVITE", "+18005550100", caller).startswith("SIP/2.0 401 ")


def test_nobody_registers_without_the_password(pair: Pair) -> None:
    assert ask(pair.engine, "REGISTER", PHONE.username, PHONE.username).startswith("SIP/2.0 401 ")


def test_a_stranger_is_written_into_the_security_log(pair: Pair) -> None:
    ask(pair.engine, "INVITE", "+18005550100", "intruder")
    deadline = time.monotonic() + 10
    while "intruder" not in pair.engine.security_log.read_text("utf-8"):  # it is written by another thread
        assert time.monotonic() < deadline, "the stranger is in no log"
        time.sleep(0.05)
