from __future__ import annotations

import random
import socket
import subprocess
import sys

from hypothesis import given
from hypothesis import strategies as st

from ivr.switch.ports import LOOPBACK, Ports, choose_ports, hold_ports


@given(st.integers())
def test_ports_stay_below_those_that_the_kernel_hands_out(seed: int) -> None:
    ports = choose_ports("here", choose=random.Random(seed))
    assert all(5100 <= port < 10000 for port in (ports.sip, ports.http, ports.ami))
    assert len({ports.sip, ports.http, ports.ami}) == 3
    assert 10000 <= ports.rtp_first < ports.rtp_last < 32768
    assert ports.rtp_first % 2 == 0
    assert ports.rtp_last - ports.rtp_first == 1999


def test_a_port_that_somebody_listens_on_can_not_be_had() -> None:
    ports = choose_ports("here")
    assert hold_ports(ports, "here")
    with socket.socket() as somebody:
        somebody.bind((LOOPBACK, ports.http))
        somebody.listen()
        assert not hold_ports(ports, "here")


def test_ports_that_were_chosen_are_kept_from_others_before_anybody_listens_there() -> None:
    ports = choose_ports("here")
    assert not hold_ports(ports, "there")
    assert hold_ports(ports, "here")


def test_another_process_is_kept_off_too_unless_it_asks_for_the_same_instance() -> None:
    ports = choose_ports("here")
    assert not in_another_process(ports, "there")
    assert in_another_process(ports, "here")


def test_the_end_of_a_process_gives_its_ports_back() -> None:
    chosen = "from ivr.switch.ports import choose_ports as c; p = c('there'); print(p.sip, p.http, p.ami)"
    said = subprocess.run([sys.executable, "-c", chosen], capture_output=True, text=True, check=True)
    sip, http, ami = map(int, said.stdout.split())
    assert hold_ports(Ports(sip, http, ami, 10000, 11999), "here")


def in_another_process(ports: Ports, owner: str) -> bool:
    held = f"from ivr.switch.ports import *; print(hold_ports({ports!r}, {owner!r}))"
    said = subprocess.run([sys.executable, "-c", held], capture_output=True, text=True, check=True)
    return said.stdout == "True\n"
