"""What people did and what came of it, in the few words of a table's cell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby

from rich.text import Text

from ivr.attempts.attempt import AttemptState
from ivr.carrier.call_seen import CallSeen
from ivr.engine.read_models import AttemptLine
from ivr.outcomes.disposition import Disposition
from ivr.outcomes.response import Response

_STYLES: Mapping[Disposition, str] = {
    Disposition.PAYMENT: "green",
    Disposition.PROMISE_TO_PAY: "green",
    Disposition.AGENT_HANDLED: "cyan",
    Disposition.RIGHT_PARTY_CONTACT: "cyan",
    Disposition.DO_NOT_CALL: "magenta",
    Disposition.WRONG_PARTY: "magenta",
}

_REFUSALS: Mapping[str, str] = {
    "blocks": "blocked",
    "busy": "busy",
    "congestion": "network full",
    "no_such_number": "no such number",
    "rejects": "rejected",
}

_MACHINES: Mapping[str, str] = {
    "auto_attendant": "an office's menu",
    "fax": "a fax machine",
    "intercept": "not in service",
    "screener": "an assistant",
    "voicemail": "voicemail",
}
"""Kinds of called parties of which something other than a person answers first."""


def what_they_did(call: CallSeen, kind: str) -> str:
    """Return what somebody did with a call, by their own log; `kind` is that of their behaviour."""
    if call.refused is not None:
        return f"{_REFUSALS.get(kind, 'refused')} ({call.refused})"
    if call.answered_at is None:
        return "let it ring"
    told = [_MACHINES[kind]] if kind in _MACHINES else []
    if call.pressed:
        told.append(f"pressed {' '.join(call.pressed)}")
    if call.ended_by == "person":
        told.append("hung up")
    return ", ".join(told or ["said nothing"])


def what_came_of_it(attempt: AttemptLine) -> Text:
    """Return how an attempt ended, by the store; what it is doing where it has not."""
    if attempt.state is AttemptState.CLOSED and attempt.disposition is not None:
        words = _ending(attempt, attempt.disposition)
        return Text(words, _STYLES.get(attempt.disposition, "yellow"))
    if attempt.state is AttemptState.CANCELLED:
        return Text(f"not called: {(attempt.result or '').replace('_', ' ')}", "dim")
    return Text(attempt.state.replace("_", " "), "bold")


def _ending(attempt: AttemptLine, disposition: Disposition) -> str:
    if disposition is Disposition.NO_CONTACT:
        return (attempt.result or "").replace("_", " ")
    if disposition is Disposition.RIGHT_PARTY_CONTACT and attempt.responses:
        said = [each for each in attempt.responses if each is not Response.REPEATED]
        return said[-1].replace("_", " ") if said else "right party"
    return disposition.replace("_", " ")


def in_short(told: Sequence[Text]) -> Text:
    """Return `told` as one text; what is said again at once is counted."""
    runs = [(words, len(list(run))) for words, run in groupby(told)]
    counted = (words if times == 1 else Text.assemble(f"{times}x ", words) for words, times in runs)
    return Text("; ").join(counted)
