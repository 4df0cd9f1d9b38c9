"""What takes a customer to an agent, and what an agent says of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import ClassVar, Literal

from ivr.outcomes.agent_disposition import AgentDisposition


@dataclass(frozen=True, slots=True)
class Transfer:
    """Hand the call to a queue: done when an agent took it, and the talk is over."""

    results: ClassVar = ("done", "no_agent", "failed")
    failure: ClassVar = "failed"

    effect_id: int
    queue: str
    priority: int = 0
    """Who has more is taken first; among equals, who came first."""
    taken_by: str | None = field(default=None, repr=False)
    """Once an agent took the call: the softphone's user name, or the number (E.164)."""
    kind: Literal["transfer"] = "transfer"


@dataclass(frozen=True, slots=True)
class TransferOut:
    """Connect the call to a telephone number outside: done when it was answered, and the talk is over."""

    results: ClassVar = ("done", "no_agent", "failed")
    failure: ClassVar = "failed"

    effect_id: int
    number: str
    """E.164, as the flow has it: never one that was keyed in."""
    reference: str | None = field(default=None, repr=False)
    """Handed to what answers there as the SIP header X-Reference; it means nothing to us."""
    taken_by: str | None = field(default=None, repr=False)
    """Once it was answered: the number."""
    kind: Literal["transfer_out"] = "transfer_out"


@dataclass(frozen=True, slots=True)
class CheckStaffing:
    """Look at a queue. Values, whole numbers: `free_agents`, `callers_waiting`, `expected_wait` (seconds)."""

    results: ClassVar = ("known", "failed")
    failure: ClassVar = "failed"

    effect_id: int
    queue: str
    kind: Literal["check_staffing"] = "check_staffing"


class DeskCommand(StrEnum):
    """What an agent on a telephone elsewhere wants of the queues."""

    LOG_IN = "log_in"
    LOG_OUT = "log_out"
    PAUSE = "pause"
    RESUME = "resume"


@dataclass(frozen=True, slots=True)
class CommandDesk:
    """Let an agent with an id and a PIN log in, log out, pause or resume.

    `locked`: too many wrong PINs, over all calls, for now, from this telephone or from many;
    `no_queue`: no queue rings this agent.
    """

    results: ClassVar = ("done", "no_match", "locked", "no_queue", "failed")
    failure: ClassVar = "failed"

    effect_id: int
    command: DeskCommand
    agent: str
    """Handle of the keyed id."""
    secret: str
    """Handle of the keyed PIN."""
    kind: Literal["command_desk"] = "command_desk"


@dataclass(frozen=True, slots=True)
class TellDisposition:
    """Keep an agent's word on the call that they took last. `no_call`: they took none lately."""

    results: ClassVar = ("done", "no_call", "failed")
    failure: ClassVar = "failed"

    effect_id: int
    disposition: AgentDisposition
    units: str | None = None
    """Of a promise: whole units of the account's currency; None or `0`: all that is due."""
    on: str | None = None
    """Of a promise: the day, ISO 8601."""
    at: str | None = None
    """Of a call-back: `15:30` on the customer's clock, the next time it is that."""
    kind: Literal["tell_disposition"] = "tell_disposition"
