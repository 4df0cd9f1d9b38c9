"""Calls and what happened in them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from ivr.calls.aftermath import Aftermath
from ivr.calls.answered_by import AnsweredBy
from ivr.calls.call_report import CallReport


@dataclass(frozen=True, slots=True)
class NewCall:
    """A call about to be placed, or one that came in."""

    id: str
    attempt_id: str | None
    direction: str
    """`outbound` or `inbound`."""
    number: str
    """The other party's number; empty where a caller withheld it."""
    trunk: str
    """Or the softphone that a call came in from."""
    caller_id: str | None
    """Our own number: the one shown, or the one that was dialled."""
    flow: str
    flow_version: str
    """Content hash: a call pins its flow."""
    started_at: datetime
    content_version: int | None = None
    """The published version that the flow is of; None for content that was never published."""
    customer_id: str | None = None
    """Of a call that came in: the one customer at that number. A hint, never proof of who calls."""
    story_id: str | None = None
    """By which those at the desk ask for it; None: by its id, which is random for a call that we placed."""

    @property
    def asked_for_as(self) -> str:
        """The id, unguessable, by which programs at the desk ask for it."""
        return self.story_id or self.id

    rule: str | None = None
    """Of a call that came in: the rule whose number was dialled."""
    taken_by: str | None = None
    """The agent, or the number outside, to whom it was handed last; None before anybody took it."""


@dataclass(frozen=True, slots=True)
class CallStep:
    """One thing that happened in a call's flow; holds no digit."""

    seq: int
    at: datetime
    node: str
    kind: str
    """`said`, `menu_choice`, `no_input`, `no_match`, `response`, `effect`, `replayed`, `answered_by`,
    `hangup`."""
    detail: Mapping[str, object]


class Calls(Protocol):
    """Calls and what happened in them."""

    def open(self, call: NewCall) -> None: ...
    def answered(self, call_id: str, at: datetime) -> None: ...
    def add_steps(self, call_id: str, steps: Sequence[CallStep]) -> None: ...
    def save_checkpoint(self, call_id: str, state: str, at: datetime) -> None:
        """Keep the session's serialised state to resume from; replaces the last one."""
        ...

    def checkpoint(self, call_id: str) -> str | None: ...
    def get(self, call_id: str) -> NewCall | None: ...
    def asked_for(self, story_id: str) -> NewCall | None:
        """Return the call that those at the desk ask for by this id."""
        ...

    def taken(self, call_id: str, agent: str, at: datetime) -> None:
        """Note that an agent took the call: a softphone, or a number."""
        ...

    def last_taken_by(self, agent: str, since: datetime) -> NewCall | None:
        """Return the call that this agent took last and that is up, or else ended since then."""
        ...

    def is_over(self, call_id: str) -> bool:
        """Say whether the call's end is written."""
        ...

    def lock(self, call_id: str) -> None:
        """Let nobody else write the call's end, or an agent's word on it, until this transaction is over."""
        ...

    def step_count(self, call_id: str) -> int:
        """Return how many steps of a call are written."""
        ...

    def unended_inbound(self) -> Sequence[NewCall]:
        """Return the calls that came in and whose end nobody has written."""
        ...

    def score(self, call_id: str, verdict: AnsweredBy, aftermath: Aftermath) -> None:
        """Count a verdict on who answered under the call's trunk and what came of it."""
        ...

    def add_alert(self, call_id: str, alert_id: str, role: str) -> None:
        """Note that a call was about an alert; `role` is `primary` or `further`."""
        ...

    def was_placed_to(self, number: str, since: datetime) -> bool:
        """Say whether we have called this number since then."""
        ...

    def count_from(self, number: str, since: datetime) -> int:
        """Return how many calls came in from this number since then."""
        ...

    def dropped_of(self, number: str, since: datetime) -> NewCall | None:
        """Return the last call that came in from this number and ended since then, if we did not end it."""
        ...

    def close(self, report: CallReport) -> bool:
        """Write the end of a call; False when it was closed before."""
        ...
