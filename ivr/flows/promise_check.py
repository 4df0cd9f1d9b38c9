"""No promise is taken that the rule does not allow, whichever node takes it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from ivr.errors import FlowError
from ivr.flows.variables import Variables, look_up
from ivr.money import Money
from ivr.outcomes.promised import Promised, PromiseLimits, objection, read_promised


def check_promise(details: Mapping[str, object], variables: Variables) -> None:
    """Raise FlowError for a promise that can't be read or is beyond the limits in `variables`.

    Nodes ask again before it comes to this; what is left are flows that offer what their rule does not allow.
    Where the host gives no limits there are none.
    """
    try:
        promised = read_promised(details)
    except ValueError as error:
        raise FlowError(str(error)) from None
    if (wrong := _objection(promised, variables)) is not None:
        raise FlowError(f"a promise was not taken: {wrong}")


def _objection(promised: Promised, variables: Variables) -> str | None:
    due, today = look_up(variables, "account.amount_due"), variables.get("today")
    limits = promise_limits(variables)
    if limits is None or not isinstance(due, Money) or not isinstance(today, date):
        return None
    return objection(promised, limits, due, today)


def promise_limits(variables: Variables) -> PromiseLimits | None:
    """Return the limits that the host gave, None when it gave none; no least amount is any."""
    days, least, parts = (
        look_up(variables, f"promise.{name}") for name in ("most_days", "least_amount", "most_parts")
    )
    due = look_up(variables, "account.amount_due")
    if not isinstance(days, int) or not isinstance(parts, int) or not isinstance(due, Money):
        return None
    return PromiseLimits(days, least if isinstance(least, Money) else Money(0, due.currency), parts)
