"""Free ports for an instance, all of them below the range that the kernel hands out to clients."""

from __future__ import annotations

import random
import socket
from collections.abc import Collection
from dataclasses import dataclass

from ivr.errors import StartError
from ivr.switch.port_reservation import reserve

LOOPBACK = "127.0.0.1"
_CONTROL = range(5100, 10000)
_MEDIA = range(10000, 32000)
_TRIES = 200


@dataclass(frozen=True, slots=True)
class Ports:
    """Where one instance listens."""

    sip: int
    """UDP."""
    http: int
    """TCP; ARI and its web socket."""
    ami: int
    """TCP."""
    rtp_first: int
    rtp_last: int
    """UDP; two ports a call (RTP and RTCP)."""


def choose_ports(owner: str, rtp_count: int = 2000, choose: random.Random | None = None) -> Ports:
    """Return ports that are free, and kept for `owner` as long as this process lives.

    `owner` is the folder of the instance that will listen there. Raises StartError when none can be found.
    """
    chance = choose or random.SystemRandom()
    sip = _free_port(socket.SOCK_DGRAM, owner, chance)
    http = _free_port(socket.SOCK_STREAM, owner, chance, taken={sip})
    ami = _free_port(socket.SOCK_STREAM, owner, chance, taken={sip, http})
    first = chance.randrange(_MEDIA.start, _MEDIA.stop - rtp_count, 2)
    # Asterisk passes over single ports of the range that are taken: the range needs no test.
    return Ports(sip, http, ami, first, first + rtp_count - 1)


def hold_ports(ports: Ports, owner: str) -> bool:
    """Keep an instance's ports for it; returns whether it may use them: nobody else has them or listens."""
    kept = [reserve(port, owner) for port in (ports.sip, ports.http, ports.ami)]
    return all(kept) and (
        _is_free(ports.sip, socket.SOCK_DGRAM)
        and _is_free(ports.http, socket.SOCK_STREAM)
        and _is_free(ports.ami, socket.SOCK_STREAM)
    )


def _free_port(
    kind: socket.SocketKind, owner: str, chance: random.Random, taken: Collection[int] = ()
) -> int:
    for _ in range(_TRIES):
        port = chance.choice(_CONTROL)
        if port not in taken and reserve(port, owner) and _is_free(port, kind):
            return port
    raise StartError(f"no free port was found between {_CONTROL.start} and {_CONTROL.stop - 1}")


def _is_free(port: int, kind: socket.SocketKind) -> bool:
    with socket.socket(socket.AF_INET, kind) as probe:
        if kind == socket.SOCK_STREAM:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, port))
        except OSError:
            return False
    return True
