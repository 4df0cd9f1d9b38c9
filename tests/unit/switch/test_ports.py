from __future__ import annotations

import random
import socket

from hypothesis import given
from hypothesis import strategies as st

from ivr.switch.ports import LOOPBACK, are_free, choose_ports


@given(st.integers())
def test_ports_stay_below_those_that_the_kernel_hands_out(seed: int) -> None:
    ports = choose_ports(choose=random.Random(seed))
    assert all(5100 <= port < 10000 for port in (ports.sip, ports.http, ports.ami))
    assert ports.http != ports.ami
    assert 10000 <= ports.rtp_first < ports.rtp_last < 32768
    assert ports.rtp_first % 2 == 0
    assert ports.rtp_last - ports.rtp_first == 1999


def test_a_port_that_somebody_listens_on_is_not_free() -> None:
    ports = choose_ports()
    assert are_free(ports)
    with socket.socket() as somebody:
        somebody.bind((LOOPBACK, ports.http))
        somebody.listen()
        assert not are_free(ports)
