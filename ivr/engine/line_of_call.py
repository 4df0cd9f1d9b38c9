"""Who is on the line of a call, for those who do not lead its talk: the desk, the books, the next call."""

from __future__ import annotations

from ivr.engine.ports import NewCall, Transaction
from ivr.errors import FlowError
from ivr.flows.on_the_line import OnTheLine, Party
from ivr.flows.state import SessionState, load_state


def line_of_call(tx: Transaction, call: NewCall) -> OnTheLine:
    """Return who is on the line by the talk's last checkpoint; without one, who was as the call began."""
    state = state_of_talk(tx, call)
    return at_first(tx, call) if state is None else state.line


def state_of_talk(tx: Transaction, call: NewCall) -> SessionState | None:
    """Return where the talk stood at its last checkpoint; None when it has none that can be read."""
    saved = tx.calls.checkpoint(call.id)
    try:
        return None if saved is None else load_state(saved, at_first(tx, call))
    except FlowError:
        return None


def at_first(tx: Transaction, call: NewCall) -> OnTheLine:
    """Return who was on the line as the call began: whom we called, or whose number called."""
    return OnTheLine(call.number or None, _called(tx, call.attempt_id) or _caller(call))


def _called(tx: Transaction, attempt_id: str | None) -> Party | None:
    """Return whom we called; nobody where a third party was called, who may do nothing for the customer."""
    if attempt_id is None:
        return None
    alert = tx.alerts.get(tx.attempts.get(attempt_id).alert_id)
    return (
        None
        if alert.forwarded is not None
        else Party(alert.customer_id, alert.account_id, alert.id, alert.topic)
    )


def _caller(call: NewCall) -> Party | None:
    """Return the one customer at the number that called."""
    return None if call.customer_id is None else Party(call.customer_id)
