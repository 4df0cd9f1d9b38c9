"""What one step of a session gives back to its host."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from ivr.flows.commands import Command
from ivr.flows.state import SessionState


@dataclass(frozen=True, slots=True)
class Wait:
    """What the session waits for now. Keys and a hang-up may come at any time and are always fed in."""

    timeout: float | None
    """Seconds until the host feeds in TimedOut, counted from when this turn's commands were issued;
    None: no time-out (speech or an effect is running and will answer)."""


NO_TIMEOUT = Wait(None)


class Turn(NamedTuple):
    """Commands to carry out in order, then what to wait for."""

    commands: tuple[Command, ...]
    wait: Wait | None
    """None: the session is over."""
    state: SessionState
