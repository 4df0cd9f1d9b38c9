"""What an agent may say of a call with somebody to whom a customer passed an alert on, and what that does.

They can say for nobody but themselves: nothing that they say binds the customer.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from ivr.accounts.suppression import THIRD_PARTY
from ivr.engine.opt_out import opt_out
from ivr.engine.ports import NewCall, Transaction
from ivr.errors import Problem
from ivr.outcomes.agent_disposition import AgentDisposition

ALLOWED = (
    AgentDisposition.RESOLVED,
    AgentDisposition.UNRESOLVED,
    AgentDisposition.WRONG_NUMBER,
    AgentDisposition.WRONG_PERSON,
    AgentDisposition.DO_NOT_CALL,
)


def third_party_problems(
    disposition: AgentDisposition, customer_id: str | None, account_id: str | None
) -> Iterator[Problem]:
    """Tell what of an agent's word can't be said of a call with a third party."""
    if disposition not in ALLOWED:
        wrong = f"this call was with a third party, who can't say {disposition} for the customer"
        yield Problem("disposition", None, "disposition", wrong, f"say one of {', '.join(ALLOWED)}")
    for name, value in (("customer_id", customer_id), ("account_id", account_id)):
        if value is not None:
            wrong = "this call was with a third party, and about nobody's account"
            yield Problem("disposition", None, name, wrong, "leave it out")


def silence_third_party(tx: Transaction, call: NewCall, now: datetime) -> None:
    """Call this number no more; the customer who named it is still called."""
    opt_out(tx, None, call.number or None, None, THIRD_PARTY, now)
